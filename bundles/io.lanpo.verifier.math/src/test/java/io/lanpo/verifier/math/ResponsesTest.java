package io.lanpo.verifier.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import io.lanpo.api.reward.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole responses as models end them, right ones and those that only look right. */
class ResponsesTest {
  record Case(String kind, String gold, String response, boolean right) {}

  static List<Case> cases() throws IOException {
    Gson gson = new Gson();
    try (InputStream in =
            Objects.requireNonNull(ResponsesTest.class.getResourceAsStream("responses.jsonl"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().map(line -> gson.fromJson(line, Case.class)).toList();
    }
  }

  @Test
  void theVerifierAgreesWithEveryCase() throws IOException {
    List<String> disagreements = new ArrayList<>();
    for (Case each : cases()) {
      Verdict verdict = Verifiers.ask(Verifiers.profile("lenient"), each.gold, each.response);
      if (!(verdict instanceof Verdict.Scored) || Verifiers.isRight(verdict) != each.right) {
        disagreements.add(each + ": " + verdict.explanation());
      }
    }
    assertEquals(List.of(), disagreements);
  }

  @ParameterizedTest
  @ValueSource(strings = {"math", "gsm8k", "strict"})
  void noProfileAcceptsAWrongOne(String profile) throws IOException {
    List<String> accepted = new ArrayList<>();
    for (Case each : cases()) {
      Verdict verdict = Verifiers.ask(Verifiers.profile(profile), each.gold, each.response);
      if (!each.right && Verifiers.isRight(verdict)) {
        accepted.add(each + ": " + verdict.explanation());
      }
    }
    assertEquals(List.of(), accepted);
  }

  @Test
  void everyKindHasLookAlikes() throws IOException {
    Map<String, Integer> wrong = new TreeMap<>();
    for (Case each : cases()) {
      wrong.merge(each.kind, each.right ? 0 : 1, Integer::sum);
    }
    assertTrue(wrong.size() >= 15, wrong.toString());
    assertTrue(wrong.values().stream().allMatch(count -> count >= 5), wrong.toString());
  }

  @Test
  void everyVerdictIsOneSentence() throws IOException {
    for (Case each : cases()) {
      String explanation =
          Verifiers.ask(Verifiers.profile("lenient"), each.gold, each.response).explanation();
      assertTrue(explanation.endsWith("."), explanation);
      assertEquals(-1, explanation.indexOf('\n'), explanation);
    }
  }
}
