package io.lanpo.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;

/** An end that comes while the framework starts. */
@Timeout(120)
final class PlatformTest {
  private static final int BUNDLES = 200;
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;

  private Path storage() {
    return folder.resolve("framework");
  }

  private Platform platform() throws Exception {
    List<Product.Entry> entries = new ArrayList<>();
    for (int i = 0; i < BUNDLES; i++) {
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
      manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
      manifest.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, "bundle" + i);
      Path jar = folder.resolve(i + ".jar");
      new JarOutputStream(Files.newOutputStream(jar), manifest).close();
      entries.add(new Product.Entry(jar, 1));
    }
    return new Platform(
        new Product(entries), Map.of(Constants.FRAMEWORK_STORAGE, storage().toString()));
  }

  @Test
  void oneThatWasStoppedDoesNotStart() throws Exception {
    Platform platform = platform();
    assertEquals("", platform.stop(LONG));
    assertThrows(LaunchException.class, platform::start);
    assertFalse(Files.exists(storage()));
  }

  @Test
  void whatIsStoppedWhileItIsFilledWritesNothingAfterwards() throws Exception {
    Platform platform = platform();
    Callable<Boolean> start =
        () -> {
          platform.start();
          return true;
        };
    FutureTask<Boolean> starting = new FutureTask<>(start);
    new Thread(starting).start();
    while (Files.notExists(storage().resolve("bundle5")) && !starting.isDone()) {
      Thread.onSpinWait();
    }
    assertEquals("", platform.stop(LONG));
    TemporaryFolder.delete(storage());
    try {
      starting.get();
    } catch (ExecutionException e) {
      assertEquals(LaunchException.class, e.getCause().getClass());
    }
    assertFalse(Files.exists(storage()));
  }
}
