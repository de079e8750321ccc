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

  /** What is found without a rule: in an evaluation, and in a run that is not meant to learn. */
  private static final Set<String> WITHOUT_RULE =
      Set.of("not-condensed", Finding.NOT_MEANT_TO_LEARN);

  @Test
  void everyKindHasItsEntry() throws IOException {
    String page = Files.readString(PAGE);
    String kinds = page.substring(page.indexOf("## Findings of kind"));
    Set<String> described =
        ROW.matcher(kinds).results().map(m -> m.group(1)).collect(Collectors.toSet());
    Set<String> found =
        RulesTest.findings()
            .map(row -> ((Finding) row.get()[2]).kind())
            .collect(Collectors.toCollection(TreeSet::new));
    found.addAll(WITHOUT_RULE);
    assertEquals(found, new TreeSet<>(described));
  }
}
