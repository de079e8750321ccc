package io.lanpo.engine.run.file;

import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders that are filled and then renamed. Their names say which process fills them: {@code
 * NAME.PROCESS-START.NUMBER.part}; when it was killed another one removes them.
 */
public final class LeftOvers {
  private static final Logger LOG = LoggerFactory.getLogger(LeftOvers.class);

  private static final Pattern NAME =
      Pattern.compile(".+\\.(\\d{1,18}-\\d{1,18})\\.[0-9a-f]{8}\\.part");

  private LeftOvers() {}

  /**
   * Makes a folder to be filled.
   *
   * @param parent it must exist
   * @param name what it is to become
   */
  public static Path create(Path parent, String name) throws IOException {
    return Files.createDirectory(
        parent.resolve(
            "%s.%s.%s.part"
                .formatted(
                    name,
                    ProcessMark.of(ProcessHandle.current()),
                    UUID.randomUUID().toString().substring(0, 8))));
  }

  /**
   * Removes the folders whose process is gone.
   *
   * @param parent it may not be there
   */
  public static void remove(Path parent) {
    remove(parent, LeftOvers::abandoned);
  }

  /**
   * Removes folders.
   *
   * @param parent it may not be there
   * @param abandoned whether the process is gone whose folder it was
   */
  public static void remove(Path parent, Predicate<Path> abandoned) {
    if (!Files.isDirectory(parent)) {
      return;
    }
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path folder : folders.filter(abandoned).toList()) {
        FileTree.delete(folder);
        LOG.info("removed {}, left by a process that was killed", folder);
      }
    } catch (IOException e) {
      LOG.warn("what killed processes left in {} cannot be removed: {}", parent, e.toString());
    }
  }

  private static boolean abandoned(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    Optional<ProcessMark> owner =
        name.matches() && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            ? ProcessMark.parse(name.group(1))
            : Optional.empty();
    return owner.filter(process -> !process.alive()).isPresent();
  }
}
