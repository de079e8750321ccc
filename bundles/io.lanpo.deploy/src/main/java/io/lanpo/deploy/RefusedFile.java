package io.lanpo.deploy;

import io.lanpo.deploy.guard.Refusal;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file that cannot be read, with nothing of it in effect.
 *
 * @param file the file
 * @param pid the PID in its name, without an instance
 * @param name the {@code lanpo.name} that it seems to give; null when it gives none
 * @param refusal why it is refused
 */
record RefusedFile(Path file, String pid, @Nullable String name, Refusal refusal) {
  /** What is wrong, with the file's name. */
  String reason() {
    return "%s: %s".formatted(file.getFileName(), refusal.reason());
  }
}
