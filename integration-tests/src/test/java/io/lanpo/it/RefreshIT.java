package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.paxexam.ProductOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deployment goes on after the bundle of the API, and with it nearly every other, was refreshed.
 */
@Tag("full")
@Timeout(600)
final class RefreshIT {
  private static final Pattern API = Pattern.compile("(\\d+)\\|Active[^\\n]*LANPO API ");

  /** Far more than it takes to tell of an edit. */
  private static final int LOOKS_AN_EDIT = 500;

  @TempDir Path folder;

  @Test
  void noticesAndFilesGoOnAfterARefreshOfTheApi() throws Exception {
    Path configs = Files.createDirectories(folder.resolve("configs"));
    ProductOptions.copyConfigurations(configs);
    Lanpo lanpo = new Lanpo(folder, configs);
    Path jar = folder.resolve("deploy/second.jar");
    try (LiveShell shell = lanpo.shell()) {
      shell.await("type 'train micro'");
      Files.copy(example(), jar);
      shell.await("second.jar: bundle io.lanpo.example.strategy");
      shell.type("lb io.lanpo.api");
      shell.await("LANPO API ");
      Matcher id = API.matcher(shell.since());
      assertTrue(id.find(), shell.since());
      shell.type("refresh " + id.group(1));
      // the first that is told after it, when the files are watched again
      Path strict = configs.resolve("io.lanpo.verifier.math~strict.cfg");
      AtomicInteger looks = new AtomicInteger();
      Await.until(
          shell::since,
          () -> {
            int look = looks.getAndIncrement();
            if (look % LOOKS_AN_EDIT == 0) {
              // one that was written before files are watched again is told of when it changes
              Files.writeString(strict, "# look %d\nprofile = STRICT\n".formatted(look));
            }
            return shell.since().contains("io.lanpo.verifier.math~strict.cfg: ");
          });
      Files.write(jar, Files.readAllBytes(example()));
      shell.await("it has replaced the one before");
      shell.type("components");
      shell.await("it starts when a command asks for it");
      assertEquals(2, shell.since().split("second-look", -1).length, shell.since());
      Files.delete(jar);
      shell.await("second.jar: bundle io.lanpo.example.strategy has gone");
      shell.type("components");
      shell.await("it starts when a command asks for it");
      assertEquals(1, shell.since().split("second-look", -1).length, shell.since());
    }
  }

  private static Path example() throws Exception {
    Path dev = ProductOptions.home().resolve("target/lanpo/bundles/20-examples");
    try (Stream<Path> jars = Files.list(dev)) {
      return jars.filter(j -> j.getFileName().toString().startsWith("io.lanpo.example.strategy"))
          .findFirst()
          .orElseThrow();
    }
  }
}
