package io.lanpo.experiment.run;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run's folder says apart from its summary.
 *
 * @param folder the folder
 */
record RunFolder(Path folder) {
  /** The part of {@code manifest.json} that is read here. */
  private record Manifest(@Nullable String system, int processors, @Nullable Memory memory) {}

  private record Memory(long bytes) {}

  /** Whether the cold start is over: the scores before the first step are there. */
  boolean pastColdStart() {
    return Files.exists(folder.resolve("before.json"));
  }

  /** What the run takes of the machine's memory by its own estimate, in bytes; 0 when unknown. */
  long estimatedBytes() {
    Manifest manifest = manifest();
    return manifest == null || manifest.memory() == null ? 0 : manifest.memory().bytes();
  }

  /**
   * Refuses a run of another kind of machine.
   *
   * @throws UserException saying what differs
   */
  void requireThisMachine() {
    Manifest manifest = manifest();
    if (manifest == null || manifest.system() == null) {
      return;
    }
    String there = kind(manifest.system(), manifest.processors());
    String here =
        kind(
            "%s %s %s"
                .formatted(
                    System.getProperty("os.name"),
                    System.getProperty("os.version"),
                    System.getProperty("os.arch")),
            Runtime.getRuntime().availableProcessors());
    if (!there.equals(here)) {
      throw new UserException(
          "%s was made on another machine: %s; this one is %s".formatted(folder, there, here),
          "Move it out of the folder of runs, so that the run is made here: seconds of two machines"
              + " cannot be compared.");
    }
  }

  /** System and architecture without the version of the kernel, which an update changes. */
  private static String kind(String system, int processors) {
    String[] words = system.split(" ", -1);
    return "%s %s with %d processors".formatted(words[0], words[words.length - 1], processors);
  }

  private @Nullable Manifest manifest() {
    Path file = folder.resolve("manifest.json");
    if (Files.notExists(file)) {
      return null;
    }
    try {
      return new Gson().fromJson(Files.readString(file), Manifest.class);
    } catch (IOException | JsonParseException e) {
      throw new UserException(
          "%s cannot be read: %s".formatted(file, e.getMessage()),
          "Delete the run's folder, so that the run is made again.",
          e);
    }
  }
}
