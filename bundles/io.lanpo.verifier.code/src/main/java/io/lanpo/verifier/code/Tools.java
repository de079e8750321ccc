package io.lanpo.verifier.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The programs of the host that a sandbox is made of.
 *
 * @param shell opens the file of the filter, which Java cannot pass on
 * @param bubblewrap makes the namespaces
 * @param prlimit sets the limits, from within: there the count of processes is the sandbox's own
 * @param setpriv becomes another user first when the platform runs as root, whom no limit on
 *     processes binds
 * @param user that user's number
 * @param root whether the platform runs as root
 */
record Tools(Path shell, Path bubblewrap, Path prlimit, Path setpriv, int user, boolean root) {
  private static final int NOBODY = 65534;

  /** The usual places. */
  static Tools ofHost() {
    return new Tools(
        Path.of("/bin/sh"),
        Path.of("/usr/bin/bwrap"),
        Path.of("/usr/bin/prlimit"),
        Path.of("/usr/bin/setpriv"),
        NOBODY,
        runsAsRoot());
  }

  /** Those that are needed. */
  List<Path> needed() {
    return root
        ? List.of(shell, bubblewrap, prlimit, setpriv)
        : List.of(shell, bubblewrap, prlimit);
  }

  private static boolean runsAsRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      // not a system on which a sandbox will start
      return false;
    }
  }
}
