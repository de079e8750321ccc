package io.lanpo.verifier.code;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The texts in Python that the bundle brings along. */
final class PythonSource {
  private PythonSource() {}

  /** Files one after the other, named without their ending. */
  static String of(List<String> names) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      String file = name + ".py";
      try (InputStream in = PythonSource.class.getResourceAsStream(file)) {
        if (in == null) {
          throw new IllegalStateException(file + " is missing from the bundle");
        }
        text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
      } catch (IOException e) {
        throw new IllegalStateException(file + " cannot be read from the bundle", e);
      }
    }
    return text.toString();
  }
}
