package io.lanpo.experiment.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which process was started for a run: one that outlives the experiment that started it must not
 * get a twin in the seconds before its run's folder appears.
 *
 * @param path the file
 */
record PidFile(Path path) {
  void write(ProcessHandle process) {
    try {
      Files.writeString(path, process.pid() + " " + startOf(process));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process, if it is still alive and not another one with its number. */
  Optional<ProcessHandle> alive() {
    if (Files.notExists(path)) {
      return Optional.empty();
    }
    try {
      String[] words = Files.readString(path).strip().split(" ", -1);
      return ProcessHandle.of(Long.parseLong(words[0]))
          .filter(ProcessHandle::isAlive)
          .filter(process -> words.length > 1 && words[1].equals(Long.toString(startOf(process))));
    } catch (IOException | NumberFormatException e) {
      // cut off when its writer was killed
      return Optional.empty();
    }
  }

  private static long startOf(ProcessHandle process) {
    return process.info().startInstant().map(start -> start.toEpochMilli()).orElse(0L);
  }
}
