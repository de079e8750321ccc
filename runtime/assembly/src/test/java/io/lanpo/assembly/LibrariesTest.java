package io.lanpo.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which artifacts the names of a {@code NOTICE} stand for. */
final class LibrariesTest {
  @TempDir Path folder;

  @Test
  void aBundleHasTheVersionOfItsFeatureAndALibraryThatOfTheBuildWithAllItsClassifiers()
      throws IOException {
    Libraries libraries = notice("g:bundle: MIT", "g:inside: Apache-2.0 or MIT");
    assertEquals(
        artifacts("g:bundle:1", "g:inside:3", "g:inside:jar:native:3"),
        libraries.among(
            artifacts("g:bundle:1", "g:unnamed:1"),
            artifacts("g:bundle:2", "g:inside:jar:native:3", "g:inside:3", "g:inside:3")));
  }

  @Test
  void oneThatTheBuildHasNotOrTwiceIsRefused() throws IOException {
    AssemblyException missing =
        assertThrows(AssemblyException.class, () -> notice("g:a: MIT").among(List.of(), List.of()));
    assertEquals(
        folder.resolve("NOTICE") + " names g:a, which the build has not", missing.getMessage());
    assertThrows(
        AssemblyException.class,
        () -> notice("g:a: MIT").among(List.of(), artifacts("g:a:1", "g:a:2")));
  }

  private Libraries notice(String... lines) throws IOException {
    String head = "LANPO\nThese libraries, each under its own licence as its\nPOM states it:\n\n";
    return new Libraries(
        Files.writeString(folder.resolve("NOTICE"), head + String.join("\n", lines)));
  }

  private static List<Artifact> artifacts(String... coordinates) {
    return List.of(coordinates).stream().<Artifact>map(DefaultArtifact::new).toList();
  }
}
