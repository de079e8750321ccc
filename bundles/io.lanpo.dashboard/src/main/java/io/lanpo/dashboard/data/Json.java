package io.lanpo.dashboard.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Map;

/**
 * Documents as JSON. Numbers that JSON does not have become {@code null}; those of curves, in
 * arrays, have seven digits, which is more than a screen shows. What HTML would take for a tag is
 * escaped, so that a document is harmless even where it is mistaken for a page.
 */
final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .serializeNulls()
          .registerTypeAdapter(Double.class, new Numbers(false))
          .registerTypeAdapter(double.class, new Numbers(true))
          .create();

  private Json() {}

  /** Writes a document. */
  static String of(Map<String, ?> document) {
    return GSON.toJson(document);
  }

  private static final class Numbers extends TypeAdapter<Double> {
    private final boolean rounded;

    Numbers(boolean rounded) {
      this.rounded = rounded;
    }

    @Override
    public void write(JsonWriter out, Double value) throws IOException {
      if (value == null || !Double.isFinite(value)) {
        out.nullValue();
      } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        out.value(value.longValue());
      } else {
        if (rounded && Math.abs(value) < Float.MAX_VALUE) {
          out.value(value.floatValue());
        } else {
          out.value(value);
        }
      }
    }

    @Override
    public Double read(JsonReader in) throws IOException {
      return in.nextDouble();
    }
  }
}
