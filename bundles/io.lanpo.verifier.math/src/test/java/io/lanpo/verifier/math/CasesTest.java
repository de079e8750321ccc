package io.lanpo.verifier.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.reward.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table of cases: pairs that mean the same, and pairs that only look alike. */
class CasesTest {
  record Case(String category, String profile, String key, String answer, boolean right) {}

  static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = Objects.requireNonNull(CasesTest.class.getResourceAsStream("cases.tsv"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line : lines.lines().skip(1).toList()) {
        String[] fields = line.split("\t", -1);
        assertEquals(5, fields.length, line);
        assertTrue(Set.of("right", "wrong").contains(fields[4]), line);
        cases.add(new Case(fields[0], fields[1], fields[2], fields[3], fields[4].equals("right")));
      }
    }
    return cases;
  }

  @Test
  void theVerifierAgreesWithEveryCase() throws IOException {
    List<String> disagreements = new ArrayList<>();
    for (Case each : cases()) {
      Verdict verdict = Verifiers.askBoxed(Verifiers.profile(each.profile), each.key, each.answer);
      boolean judged = verdict instanceof Verdict.Scored;
      if (!judged || Verifiers.isRight(verdict) != each.right) {
        disagreements.add(each + ": " + verdict.explanation());
      }
    }
    assertEquals(List.of(), disagreements);
  }

  @Test
  void theTableIsLargeAndHasEnoughLookAlikes() throws IOException {
    List<Case> cases = cases();
    Set<String> categories = new TreeSet<>(cases.stream().map(Case::category).toList());
    long wrong = cases.stream().filter(each -> !each.right).count();
    assertTrue(cases.size() >= 600, "cases: " + cases.size());
    assertTrue(wrong >= 0.4 * cases.size(), "negatives: " + wrong);
    assertEquals(cases.size(), Set.copyOf(cases).size());
    assertTrue(categories.size() >= 25, categories.toString());
    for (String category : categories) {
      assertTrue(
          cases.stream().anyMatch(each -> each.category.equals(category) && !each.right),
          "no negative in " + category);
    }
  }
}
