package io.lanpo.engine.health.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.train.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/troubleshooting.md} has an entry for each kind of finding, and for no other. */
class TroubleshootingTest {
  private static final Path PAGE = Path.of("../../docs/troubleshooting.md");

  /** A row of the table of kinds: the kind, what it means, what to change. */
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|[^\n]+\\|[^\n]+\\|$");

  @Test
  void everyKindHasItsEntry() throws IOException {
    String page = Files.readString(PAGE);
    String kinds = page.substring(page.indexOf("## Findings of kind"));
    Set<String> described =
        ROW.matcher(kinds).results().map(m -> m.group(1)).collect(Collectors.toSet());
    Set<String> found =
        RulesTest.findings()
            .map(row -> ((Finding) row.get()[2]).kind())
            .collect(Collectors.toSet());
    assertEquals(new TreeSet<>(found), new TreeSet<>(described));
  }
}
