package io.lanpo.engine.run.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFingerprintTest {
  @TempDir Path folder;

  @Test
  void goesByContentsAndNotByPlace() throws Exception {
    byte[] weights = new byte[3 << 20];
    new Random(1).nextBytes(weights);
    Path one = model("one", weights);
    Path same = model("same", weights);
    assertEquals(identity(one), identity(same));

    Files.writeString(same.resolve("config.json"), "{\"layers\": 3}");
    assertNotEquals(identity(one), identity(same));

    byte[] trained = weights.clone();
    for (int i = 1000; i < trained.length; i += 4) {
      trained[i]++;
    }
    assertNotEquals(identity(one), identity(model("trained", trained)), "one step of training");
  }

  private Path model(String name, byte[] weights) throws Exception {
    Path model = Files.createDirectory(folder.resolve(name));
    Files.writeString(model.resolve("config.json"), "{\"layers\": 2}");
    Files.write(model.resolve("model.safetensors"), weights);
    return model;
  }

  private static String identity(Path model) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    ModelFingerprint.add(model, digest);
    return HexFormat.of().formatHex(digest.digest());
  }
}
