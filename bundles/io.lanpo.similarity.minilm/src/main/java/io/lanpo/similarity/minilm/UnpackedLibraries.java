package io.lanpo.similarity.minilm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * ONNX Runtime unpacks its libraries into a folder of each process; it leaves the folder behind at
 * the end, and all of it when the process is killed. A library that is loaded needs its file no
 * more, so the folder can go at once.
 */
final class UnpackedLibraries {
  private static final String FOLDER = "onnxruntime-java";
  private static final Path MAPPED = Path.of("/proc/self/maps");

  private UnpackedLibraries() {}

  /** Deletes the folder of the libraries that this process has loaded. */
  static void delete() {
    try {
      for (Path folder : folders()) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      return; // a few megabytes stay in the folder for temporary files
    }
  }

  private static Set<Path> folders() throws IOException {
    List<String> lines = Files.readAllLines(MAPPED, StandardCharsets.ISO_8859_1);
    return lines.stream()
        .filter(line -> line.endsWith(".so") && line.contains("/" + FOLDER))
        .map(line -> Path.of(line.substring(line.indexOf('/'))).toAbsolutePath().getParent())
        .filter(folder -> folder.getFileName().toString().startsWith(FOLDER))
        .collect(Collectors.toSet());
  }
}
