package io.lanpo.libs.gguf;

import io.lanpo.api.component.UserException;
import io.lanpo.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, it is read, or refused by name. */
@Tag("full")
class GgufFuzzTest {
  @TempDir Path folder;

  @Test
  void files() {
    Fuzz.of(
            List.of(GgufFileTest.sound().bytes()),
            List.of(
                "GGUF",
                "\0\0\0\0\0\0\0\0",
                "\u0001\0\0\0\0\0\0\0",
                "general.alignment",
                "\t\0\0\0"))
        .allowing(UserException.class)
        .run(this::read);
  }

  private void read(byte[] content) throws IOException {
    try (GgufFile file = GgufFile.open(Files.write(folder.resolve("m.gguf"), content))) {
      for (GgufTensor tensor : file.tensors().values()) {
        tensor.read(0, Math.toIntExact(tensor.count()));
      }
    }
  }
}
