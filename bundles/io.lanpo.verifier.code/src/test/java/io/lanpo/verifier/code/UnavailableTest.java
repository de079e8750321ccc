package io.lanpo.verifier.code;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sandbox that is missing or leaks, and options that are not allowed. */
class UnavailableTest {
  private final Tools host = Tools.ofHost();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private UserException refused(Map<String, Object> options, Tools tools) {
    return assertThrows(UserException.class, () -> Verifiers.of(options, tools));
  }

  private Tools with(Path bubblewrap) {
    return new Tools(
        host.shell(), bubblewrap, host.prlimit(), host.setpriv(), host.user(), host.root());
  }

  private Path script(String text) throws IOException {
    Path script = folder.resolve("bwrap");
    Files.writeString(script, "#!/bin/sh\n" + text);
    assertTrue(script.toFile().setExecutable(true));
    // another user runs it where the tests run as root
    for (Path above = folder;
        above != null && above.getNameCount() > 1;
        above = above.getParent()) {
      above.toFile().setExecutable(true, false);
      above.toFile().setReadable(true, false);
    }
    script.toFile().setReadable(true, false);
    script.toFile().setExecutable(true, false);
    return script;
  }

  @Test
  void withoutBubblewrapItSaysWhatToInstall() {
    UserException e = refused(Map.of(), with(folder.resolve("bwrap")));
    assertTrue(e.getMessage().startsWith("the verifier code is unavailable: "), e.getMessage());
    assertTrue(e.getMessage().contains("bwrap is missing"), e.getMessage());
    assertTrue(e.getMessage().contains("apt-get install bubblewrap"), e.getMessage());
  }

  @Test
  void aSandboxThatProtectsNothingIsRefused() throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(host.prlimit()) && Files.isExecutable(Path.of("/usr/bin/python3")),
        "NOT TESTED: prlimit or python3 is missing");
    // runs what stands behind the last -- of its own, as bubblewrap would, in no namespace
    Path leaky = script("while [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"\n");
    UserException e = refused(Map.of(), with(leaky));
    assertTrue(e.getMessage().contains("the sandbox does not hold"), e.getMessage());
    assertTrue(e.getMessage().contains("list /etc"), e.getMessage());
    assertTrue(e.getMessage().contains("use the network"), e.getMessage());
    assertTrue(
        e.getMessage().contains("look into another process")
            || e.getMessage().contains("take a memory file"),
        e.getMessage());
  }

  @Test
  void aSandboxThatDoesNotStartSaysWhy() throws IOException {
    Path closed = script("echo 'bwrap: No permissions to create new namespace' >&2\nexit 1\n");
    UserException e = refused(Map.of(), with(closed));
    assertTrue(e.getMessage().contains("No permissions to create new namespace"), e.getMessage());
    assertTrue(e.getMessage().contains("kernel.unprivileged_userns_clone"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "--seccomp, 2, take a memory file",
    "--unshare-all, 1, see the processes of the host",
    "--remount-ro, 2, write to /",
  })
  void aHalfOpenSandboxIsRefused(String protection, int words, String escape) throws IOException {
    Verifiers.orSkip(Map.of()).close();
    Path half =
        script(
            """
            skip=0
            for word; do
              shift
              [ "$word" = %s ] && skip=%d
              if [ $skip -gt 0 ]; then skip=$((skip - 1)); else set -- "$@" "$word"; fi
            done
            exec %s "$@"
            """
                .formatted(protection, words, host.bubblewrap()));
    UserException e = refused(Map.of(), with(half));
    assertTrue(e.getMessage().contains("the sandbox does not hold"), e.getMessage());
    assertTrue(e.getMessage().contains(escape), e.getMessage());
  }

  @Test
  void anInterpreterThatIsNotThereIsNamed() {
    Verifiers.orSkip(Map.of()).close();
    UserException e = refused(Map.of("python", "/usr/bin/python9"), host);
    assertTrue(e.getMessage().contains("/usr/bin/python9"), e.getMessage());
    assertTrue(e.getMessage().contains("set 'python'"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "language | cobol | language = cobol is not allowed; it must be python or perl | Correct",
      })
  void refusesOptionsThatAreNotAllowed(String key, String value, String message, String nextStep) {
    Object typed = value.matches("\\d+") ? Integer.valueOf(value) : value;
    UserException e =
        refused(Map.of(key, typed, "felix.fileinstall.filename", "file:configs/code.cfg"), host);
    assertTrue(e.getMessage().startsWith("configs/code.cfg: " + message), e.getMessage());
    assertTrue(e.nextStep().contains(nextStep), e.nextStep());
  }
}
