package io.lanpo.deploy.guard;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarsTest {
  @TempDir Path folder;

  @Test
  void aBundlePasses() throws Exception {
    Jars.check(jar("a.b"));
  }

  @Test
  void halfAJarIsToldFromAJarThatIsNoBundle() throws Exception {
    Path whole = jar(null);
    assertTrue(refusal(whole).startsWith("it is a jar, but no bundle"));
    byte[] bytes = Files.readAllBytes(whole);
    Path half = folder.resolve("half.jar");
    Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
    assertTrue(refusal(half).startsWith("it is not a whole jar"));
    Files.write(half, new byte[0]);
    assertTrue(refusal(half).startsWith("it is not a whole jar"));
  }

  private static String refusal(Path jar) {
    return assertThrows(Refusal.class, () -> Jars.check(jar)).reason();
  }

  private Path jar(String symbolicName) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (symbolicName != null) {
      manifest.getMainAttributes().putValue("Bundle-SymbolicName", symbolicName);
    }
    Path jar = folder.resolve("a.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new JarEntry("x"));
    }
    return jar;
  }
}
