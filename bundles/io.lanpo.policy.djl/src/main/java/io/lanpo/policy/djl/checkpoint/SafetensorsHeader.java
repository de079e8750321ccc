package io.lanpo.policy.djl.checkpoint;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON header of a safetensors file, read as strictly as by the format's own library: plain
 * JSON in UTF-8, whole numbers without sign, two offsets. In one thing it is stricter: a name or a
 * key that comes twice is refused everywhere, for one of the two would be dropped without a word.
 *
 * @param tensors by their names, in the order of the header
 * @param metadata what the file says of itself
 */
record SafetensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final String TYPE = "dtype";
  private static final String SHAPE = "shape";
  private static final String OFFSETS = "data_offsets";

  /**
   * What the header says of a tensor.
   *
   * @param begin its first byte, counted from the end of the header
   * @param end the byte behind its last
   */
  record Entry(String type, long[] shape, long begin, long end) {}

  /** A header that is not one. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String how;

    Malformed(String how, Object... values) {
      super(how.formatted(values));
      this.how = how.formatted(values);
    }

    /** What is wrong, in one line. */
    String how() {
      return how.replaceAll("\\R", " ");
    }
  }

  /**
   * Reads a header.
   *
   * @throws Malformed saying in one line what is wrong
   */
  static SafetensorsHeader parse(byte[] text) throws Malformed {
    if (text.length > 0 && text[0] == (byte) 0xef) { // which the library for JSON would skip
      throw new Malformed("its header is not a JSON object: it begins with a byte order mark");
    }
    try (JsonReader in =
        new JsonReader(
            new InputStreamReader(
                new ByteArrayInputStream(text), StandardCharsets.UTF_8.newDecoder()))) {
      in.setStrictness(Strictness.STRICT);
      SafetensorsHeader header = object(in);
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw new Malformed("its header is more than a JSON object");
      }
      return header;
    } catch (CharacterCodingException e) {
      throw new Malformed("its header is not UTF-8");
    } catch (MalformedJsonException | EOFException | NumberFormatException e) {
      throw new Malformed("its header is not a JSON object");
    } catch (IOException e) {
      throw new IllegalStateException(e); // it is in memory
    }
  }

  private static SafetensorsHeader object(JsonReader in) throws IOException, Malformed {
    if (in.peek() != JsonToken.BEGIN_OBJECT) {
      throw new Malformed("its header is not a JSON object");
    }
    Map<String, Entry> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    boolean noted = false;
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      boolean twice = name.equals(METADATA) ? noted : tensors.containsKey(name);
      if (twice) {
        throw new Malformed("its header has the entry %s twice", name);
      }
      if (name.equals(METADATA)) {
        noted = true;
        notes(in, metadata);
      } else {
        tensors.put(name, entry(in, name));
      }
    }
    in.endObject();
    return new SafetensorsHeader(tensors, metadata);
  }

  private static void notes(JsonReader in, Map<String, String> notes)
      throws IOException, Malformed {
    if (in.peek() == JsonToken.NULL) {
      in.nextNull();
      return;
    }
    expect(in, JsonToken.BEGIN_OBJECT, METADATA, "an object of texts");
    in.beginObject();
    while (in.hasNext()) {
      String key = in.nextName();
      expect(in, JsonToken.STRING, METADATA, "an object of texts");
      if (notes.put(key, in.nextString()) != null) {
        throw new Malformed("its header's entry %s has the key %s twice", METADATA, key);
      }
    }
    in.endObject();
  }

  private static Entry entry(JsonReader in, String name) throws IOException, Malformed {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new Malformed("its header has an entry whose name is not Unicode");
    }
    String right = "an object with %s, %s and %s".formatted(TYPE, SHAPE, OFFSETS);
    expect(in, JsonToken.BEGIN_OBJECT, name, right);
    String type = null;
    long[] shape = null;
    long[] offsets = null;
    in.beginObject();
    while (in.hasNext()) {
      String key = in.nextName();
      boolean twice =
          key.equals(TYPE) && type != null
              || key.equals(SHAPE) && shape != null
              || key.equals(OFFSETS) && offsets != null;
      if (twice) {
        throw new Malformed("its header's entry %s has the key %s twice", name, key);
      }
      switch (key) {
        case TYPE -> {
          expect(in, JsonToken.STRING, name, right);
          type = in.nextString();
        }
        case SHAPE -> shape = numbers(in, name, key);
        case OFFSETS -> offsets = numbers(in, name, key);
        default -> in.skipValue(); // as the format's own library does
      }
    }
    in.endObject();
    if (type == null || shape == null || offsets == null) {
      throw new Malformed("its header's entry %s is not %s", name, right);
    }
    if (offsets.length != 2) {
      throw new Malformed(
          "its header's entry %s: %s = %s; it must be two whole numbers",
          name, OFFSETS, Arrays.toString(offsets));
    }
    return new Entry(type, shape, offsets[0], offsets[1]);
  }

  private static long[] numbers(JsonReader in, String name, String key)
      throws IOException, Malformed {
    expect(in, JsonToken.BEGIN_ARRAY, name, "one whose %s is a list".formatted(key));
    List<Long> numbers = new ArrayList<>();
    in.beginArray();
    while (in.hasNext()) {
      String number = in.peek() == JsonToken.NUMBER ? in.nextString() : "(no number)";
      if (!number.matches("\\d{1,18}")) {
        throw new Malformed(
            "its header's entry %s: %s has %s; it must be whole numbers from 0", name, key, number);
      }
      numbers.add(Long.parseLong(number));
    }
    in.endArray();
    return numbers.stream().mapToLong(n -> n).toArray();
  }

  private static void expect(JsonReader in, JsonToken kind, String name, String right)
      throws IOException, Malformed {
    if (in.peek() != kind) {
      throw new Malformed("its header's entry %s is not %s", name, right);
    }
  }
}
