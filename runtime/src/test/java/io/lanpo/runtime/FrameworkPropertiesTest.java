package io.lanpo.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FrameworkPropertiesTest {
  @TempDir Path folder;

  @Test
  void referencesAreReplaced() throws Exception {
    Map<String, String> read =
        read(
            "dirs = ${lanpo.a},${lanpo.b}/x\nplain = $1",
            Map.of("lanpo.a", "/a$1", "lanpo.b", "/b"));
    assertEquals(
        Map.of("dirs", "/a$1,/b/x", "plain", "$1", "lanpo.a", "/a$1", "lanpo.b", "/b"), read);
  }

  @Test
  void anUnknownReferenceIsNamed() {
    LaunchException e = assertThrows(LaunchException.class, () -> read("a = ${nothing}", Map.of()));
    assertEquals(
        folder.resolve("p.properties") + " refers to ${nothing}, which is not known",
        e.getMessage());
  }

  @Test
  void argumentsSurviveAsJson() {
    assertEquals("[]", FrameworkProperties.jsonArray());
    assertEquals(
        "[\"train\",\"a b\",\"say \\\"hi\\\"\",\"back\\\\slash\",\"line\\u000aend\",\"\",\"é\"]",
        FrameworkProperties.jsonArray(
            "train", "a b", "say \"hi\"", "back\\slash", "line\nend", "", "é"));
  }

  private Map<String, String> read(String text, Map<String, String> known)
      throws IOException, LaunchException {
    Path file = folder.resolve("p.properties");
    Files.writeString(file, text);
    return FrameworkProperties.read(file, known);
  }
}
