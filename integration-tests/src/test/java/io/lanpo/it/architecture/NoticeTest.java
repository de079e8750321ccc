package io.lanpo.it.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code NOTICE} names every library that the product ships, with its licence. */
final class NoticeTest {
  private static final String HEAD =
      """
      LANPO
      Copyright the LANPO authors; Apache-2.0, see LICENSE.

      The product that is built from this project contains these libraries, whole or in part, each under its own licence as its
      POM states it:

      """;

  @Test
  void everyLibraryIsNamedWithItsLicence() throws IOException {
    Path root = ProductOptions.home().getParent();
    Map<String, String> licences =
        new Libraries(Path.of(System.getProperty("maven.repo.local")))
            .licences(root.resolve("runtime/target/lanpo"), root.resolve("bundles"));
    StringBuilder notice = new StringBuilder(HEAD);
    licences.forEach(
        (library, licence) ->
            notice.append(library).append(": ").append(licence).append(System.lineSeparator()));
    Path current = root.resolve("integration-tests/target/NOTICE");
    Files.writeString(current, notice);
    assertEquals(
        notice.toString(),
        Files.readString(root.resolve("NOTICE")),
        "the libraries of the product have changed: copy " + current + " to NOTICE");
  }
}
