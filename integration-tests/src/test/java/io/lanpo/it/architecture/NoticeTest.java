package io.lanpo.it.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.architecture.Libraries.Library;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every library that the product ships is named with its licence, and its text goes with it. */
final class NoticeTest {
  private static final String HEAD =
      """
      LANPO
      Copyright the LANPO authors; Apache-2.0, see LICENSE.

      The product that is built from this project contains these libraries, whole or in part, each under its own licence as its
      POM states it:

      """;

  private static final String TEXTS =
      """
      # Texts of licences

      Where the text of the licence of each library of the product is, and what its authors ask to be told with it: in this
      folder, in `LICENSE` beside it, or in the library's own jar. A test writes this page.

      | library | licence | text |
      |---|---|---|
      """;

  private static final Path ROOT = ProductOptions.home().getParent();
  private static Map<String, Library> libraries = Map.of();

  @BeforeAll
  static void find() throws IOException {
    libraries =
        new Libraries(Path.of(System.getProperty("maven.repo.local")))
            .shipped(ROOT.resolve("runtime/target/lanpo"), ROOT.resolve("bundles"));
  }

  @Test
  void everyLibraryIsNamedWithItsLicence() throws IOException {
    StringBuilder notice = new StringBuilder(HEAD);
    libraries.forEach(
        (name, library) -> notice.append("%s: %s%n".formatted(name, library.licence())));
    assertWritten(notice.toString(), "NOTICE");
  }

  @Test
  void everyLibraryComesWithTheTextOfItsLicence() throws IOException {
    StringBuilder table = new StringBuilder(TEXTS);
    libraries.forEach(
        (name, library) ->
            table.append(
                "| `%s` | %s | %s |%n".formatted(name, library.licence(), text(name, library))));
    assertWritten(table.toString(), "licences/README.md");
    try (Stream<Path> files = Files.list(ROOT.resolve("licences"))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        assertTrue(
            name.equals("README.md") || table.toString().contains("[" + name + "]"),
            "licences/" + name + " is the licence of no library: remove it");
      }
    }
  }

  /** Ours is the text of Apache-2.0, so a jar under that licence needs no copy of its own. */
  private static String text(String name, Library library) {
    String file = name.replaceFirst(".*:", "") + ".txt";
    String here = Files.exists(ROOT.resolve("licences").resolve(file)) ? link(file, file) : "";
    String inside =
        library.texts().stream().map(t -> "`" + t + "`").collect(Collectors.joining(", "));
    String ours =
        inside.isEmpty() && library.licence().contains("Apache-2.0")
            ? link("LICENSE", "../LICENSE")
            : "";
    assertTrue(
        (ours + here).length() > 0 || inside.contains("LICEN"),
        name + " (" + library.licence() + ") has no text: add licences/" + file);
    return Stream.of(ours, here, inside)
        .filter(t -> !t.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String link(String text, String target) {
    return "[%s](%s)".formatted(text, target);
  }

  private static void assertWritten(String expected, String name) throws IOException {
    Path current = ROOT.resolve("integration-tests/target").resolve(Path.of(name).getFileName());
    Files.writeString(current, expected);
    assertEquals(
        expected,
        Files.readString(ROOT.resolve(name)),
        "the libraries of the product have changed: copy " + current + " to " + name);
  }
}
