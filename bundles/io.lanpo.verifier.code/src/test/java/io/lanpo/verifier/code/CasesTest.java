package io.lanpo.verifier.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Responses with the right verdict, judged by hand: {@code cases.jsonl} and {@code
 * more-cases.jsonl} have a key, a response and the reward that it is to get, {@code true} for 1 and
 * {@code false} for less. Where 0 is right, a key that tests nothing may also be refused, which is
 * no reward for anyone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CasesTest {
  @SuppressWarnings("NullAway.Init")
  private CodeVerifier verifier;

  @BeforeAll
  void start() {
    verifier = Verifiers.orSkip(Map.of("cpu-seconds", 2, "seconds", 6));
  }

  @AfterAll
  void stop() {
    if (verifier != null) {
      verifier.close();
    }
  }

  @Test
  void agreesWithTheFirstCaseOfEveryKind() {
    Set<String> seen = new HashSet<>();
    List<JsonObject> first =
        cases().filter(one -> seen.add(id(one).replaceFirst(":.*", ""))).toList();
    assertTrue(first.size() > 10);
    check(first);
  }

  @Tag("full")
  @Test
  void agreesWithEveryCase() {
    check(cases().toList());
  }

  private void check(List<JsonObject> cases) {
    assertEquals(
        List.of(), cases.parallelStream().map(this::disagreement).flatMap(List::stream).toList());
  }

  private List<String> disagreement(JsonObject one) {
    String expected = one.get("expected").getAsString();
    Verdict verdict =
        verifier.verify(
            Verifiers.problem(one.get("gold").getAsString()),
            new Response(one.get("prediction").getAsString(), true));
    double reward = verdict instanceof Verdict.Scored scored ? scored.reward() : 0;
    boolean agrees =
        switch (expected) {
          case "true" -> reward == 1;
          case "false" -> verdict instanceof Verdict.Scored && reward < 1;
          default ->
              Math.abs(Double.parseDouble(expected) - reward) < 1e-9
                  && (verdict instanceof Verdict.Scored || id(one).startsWith("vac:"));
        };
    boolean plain = verdict.explanation().lines().count() == 1;
    return agrees && plain
        ? List.of()
        : List.of("%s: expected %s, is %s".formatted(id(one), expected, verdict));
  }

  private static String id(JsonObject one) {
    return one.get("id").getAsString();
  }

  private static Stream<JsonObject> cases() {
    return Stream.of("cases.jsonl", "more-cases.jsonl", "attack-cases.jsonl")
        .flatMap(CasesTest::lines)
        .map(line -> JsonParser.parseString(line).getAsJsonObject());
  }

  private static Stream<String> lines(String name) {
    try (InputStream in = Objects.requireNonNull(CasesTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
