package io.lanpo.engine.config;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a model may lie: a folder, or a file of llama.cpp, which a backend may be able to read. */
public final class ModelPlace {
  private static final String GGUF = ".gguf";

  private ModelPlace() {}

  /** Whether there is something that a backend may try to open. */
  public static boolean exists(Path model) {
    return Files.isDirectory(model) || isFile(model);
  }

  private static boolean isFile(Path model) {
    return model.toString().endsWith(GGUF) && Files.isRegularFile(model);
  }

  /** Whether it is such a file, or a folder with one. */
  public static boolean hasFile(Path model) {
    if (!Files.isDirectory(model)) {
      return isFile(model);
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(model, "*" + GGUF)) {
      return files.iterator().hasNext();
    } catch (IOException e) {
      return false; // whoever opens it says why
    }
  }
}
