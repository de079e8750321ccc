package io.lanpo.verifier.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.Problem;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodeVerifierTest {
  @SuppressWarnings("NullAway.Init")
  private CodeVerifier verifier;

  @BeforeAll
  void start() {
    verifier = Verifiers.orSkip(Map.of());
  }

  @AfterAll
  void stop() {
    if (verifier != null) {
      verifier.close();
    }
  }

  private Verdict.Scored run(String program, String entry, String... tests) {
    return Verifiers.scored(verifier, Verifiers.problem(entry, tests), Verifiers.program(program));
  }

  @Test
  void rewardsTheShareOfTheTests() {
    Verdict.Scored verdict =
        run("def f(x):\n  return abs(x)", "f", "assert f(1) == 1", "assert f(-1) == -1, 'sign'");
    assertEquals(0.5, verdict.reward());
    assertEquals(
        "1 of 2 tests passed (block 1 of 1); test 2: AssertionError: sign", verdict.explanation());
  }

  @Test
  void acceptsAProgramThatPassesAllTestsAndNoOther() {
    assertEquals(1, verifier.fullReward());
    String[] tests = {"assert f(1) == 1", "assert f(2) == 2", "assert f(3) == 3"};
    assertTrue(verifier.accepts(run("def f(x): return x", "f", tests)));
    Verdict.Scored most = run("def f(x): return min(x, 2)", "f", tests);
    assertEquals(2.0 / 3, most.reward(), 1e-12);
    assertFalse(verifier.accepts(most));
  }

  @Test
  void orAllOrNothing() {
    CodeVerifier all = Verifiers.orSkip(Map.of("reward", CodeVerifier.Reward.ALL));
    Problem problem = Verifiers.problem("f", "assert f(1) == 1", "assert f(2) == 2");
    assertEquals(
        0, Verifiers.scored(all, problem, Verifiers.program("def f(x): return 1")).reward());
    assertEquals(
        1, Verifiers.scored(all, problem, Verifiers.program("def f(x): return x")).reward());
    all.close();
  }

  @Test
  void allOrNothingStopsAtTheFirstTestThatFails() {
    CodeVerifier all = Verifiers.orSkip(Map.of("reward", CodeVerifier.Reward.ALL));
    Verdict.Scored verdict =
        Verifiers.scored(
            all,
            Verifiers.problem("f", "assert f(1) == 1", "assert f(2) == 2", "assert f(3) == 3"),
            Verifiers.program("def f(x): return x if x != 2 else 0"));
    all.close();
    assertEquals(0, verdict.reward());
    assertEquals(
        "1 of 3 tests passed (block 1 of 1); test 2: AssertionError; test 3: not run after the first"
            + " that failed",
        verdict.explanation());
  }

  @Test
  void aTestThatOnlyPreparesOthersIsNotCounted() {
    Verdict.Scored verdict =
        run("def f(x): return x", "f", "import math", "two = f(2)", "assert two == math.sqrt(4)");
    assertEquals(1, verdict.reward());
    assertEquals("1 of 1 tests passed (block 1 of 1)", verdict.explanation());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "1e-9 | 0",
        "1e-3 | 1",
      })
  void theToleranceIsAnOption(double tolerance, double reward) {
    CodeVerifier io = Verifiers.orSkip(Map.of("tolerance", tolerance));
    Problem problem = Verifiers.problem("{\"tests\": [{\"output\": \"0.3333\"}]}");
    assertEquals(reward, Verifiers.scored(io, problem, Verifiers.program("print(1 / 3)")).reward());
    io.close();
  }

  /** {@code /} is a line end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "def f(x): return [x, (1.5, 'ä'), {1: {2}}, None, True, 2+1j, b'x', 10**30]"
            + " | assert f(1) == [1, (1.5, 'ä'), {1: {2}}, None, True, 2+1j, b'x', 10**30] | 1",
        "def f(x): return (x,) | assert f(1) == [1] | 0",
        "def f(x): return float('nan') | assert f(1) != f(1) | 1",
        "def f(x): x.sort() | a = [2, 1]/f(a)/assert a == [1, 2] | 1",
        "def f(x): x.clear(); return [] | a = [2, 1]/assert f(a) == sorted(a) | 0",
        "def f(x): yield from range(x) | assert list(f(3)) == [0, 1, 2] | 1",
        "def f(x): return {1: x}.values() | assert sorted(f(3)) == [3] | 1",
        "def f(g): return g(g(1)) | assert f(lambda x: x + 3) == 7 | 1",
        "def f(x): raise KeyError(x) | try:/ f(1)/except KeyError as e:/ pass/else:/ assert False | 1",
        "class E(ValueError): pass/def f(x): raise E('no') | try:/ f(1)/except E as e:/ assert 'no' in str(e) | 1",
        "class f:/ def __init__(self, v): self.v = v/ def g(self): return self.v * 2"
            + " | a = f(4)/assert a.g() == 8 and a.v == 4 and isinstance(a, f) | 1",
        "class f:/ def __init__(self, v): self.v = v/ def __eq__(self, o): return self.v == o.v"
            + " | assert f(4) == f(4)/assert not f(4) == f(5) | 1",
        "from collections import Counter, deque/def f(x): return Counter(x), deque(x)"
            + " | from collections import deque/assert f('ab') == ({'a': 1, 'b': 1}, deque('ab')) | 1",
        "from dataclasses import dataclass/@dataclass/class P:/ x: 'int'/def f(x): return P(x) | assert f(3).x == 3 | 1",
        "def f(x): return x | assert f(1) == nothing | 0",
        "def g(x): return x | assert f(1) == 1 | 0",
        "def f(x): return 1 +  | assert f(1) == 1 | 0",
        "import nothing/def f(x): return x | assert f(1) == 1 | 0",
      })
  void testsSeeTheProgramAsIfTheyRanBesideIt(String program, String test, double reward) {
    Verdict.Scored verdict = run(program.replace('/', '\n'), "f", test.replace('/', '\n'));
    assertEquals(reward, verdict.reward(), verdict::explanation);
  }

  @Test
  void aProgramThatDoesNotRunIsToldOnce() {
    Verdict.Scored verdict = run("def f(x:", "f", "assert f(1) == 1", "assert f(2) == 2");
    assertTrue(
        verdict
            .explanation()
            .startsWith(
                "0 of 2 tests passed (block 1 of 1); test 1: the program does not run: SyntaxError"),
        verdict::explanation);
    assertEquals(-1, verdict.explanation().indexOf("test 2"), verdict::explanation);
  }

  @Test
  void aFaultyTestIsAFailureOfTheCheck() {
    Verdict verdict =
        verifier.verify(
            Verifiers.problem("f", "assert f(1) ="), Verifiers.program("def f(x): return x"));
    assertInstanceOf(Verdict.Failed.class, verdict);
    assertTrue(verdict.explanation().contains("SyntaxError"), verdict.explanation());
  }

  /** A key in the notation of Python instead of JSON is an expression, which never fails. */
  @Test
  void aTestThatNothingCanFailIsAFailureOfTheCheck() {
    Verdict verdict =
        verifier.verify(
            Verifiers.problem("{'tests': ['assert f(1) == 1']}"),
            Verifiers.program("def f(x): return 2"));
    assertInstanceOf(Verdict.Failed.class, verdict);
    assertTrue(verdict.explanation().contains("names nothing"), verdict.explanation());
  }

  @Test
  void aKeyThatCannotBeReadIsAFailureOfTheCheck() {
    Verdict verdict =
        verifier.verify(Verifiers.problem("{\"tests\": []}"), Verifiers.program("pass"));
    assertInstanceOf(Verdict.Failed.class, verdict);
  }

  @Test
  void noProgramAndAnUnfinishedOneScoreZeroWithTheReason() {
    Problem problem = Verifiers.problem("f", "assert f(1) == 1");
    Verdict.Scored none =
        Verifiers.scored(verifier, problem, new Response("```c\nint f;\n```", true));
    assertEquals(0, none.reward());
    assertTrue(none.explanation().startsWith("no program found"), none::explanation);
    Verdict.Scored cut =
        Verifiers.scored(verifier, problem, new Response("def f(x): return x", false));
    assertEquals(0, cut.reward());
    assertTrue(cut.explanation().contains("not finished"), cut::explanation);
  }

  @Test
  void functionsOfThePreambleCannotBeReplaced() {
    String key =
        "{\"preamble\": \"def half(x): return x / 2\", \"entry_point\": \"f\","
            + " \"tests\": [\"assert half(f(3)) == 3\"]}";
    assertEquals(
        1,
        Verifiers.scored(
                verifier, Verifiers.problem(key), Verifiers.program("def f(x): return half(4 * x)"))
            .reward());
    assertEquals(
        0,
        Verifiers.scored(
                verifier,
                Verifiers.problem(key),
                Verifiers.program("def half(x): return 3\ndef f(x): return 0"))
            .reward());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "python | n = int(input())/print(n * 2) | 1",
        "python | print(6) | 0.5",
        "python | import sys/sys.exit(3) | 0",
        "perl | print <STDIN> * 2 | 1",
        "sh | read n; echo $((n * 2)) | 1",
      })
  void comparesWhatAProgramPrints(String language, String program, double reward) {
    CodeVerifier io = Verifiers.orSkip(Map.of("language", language));
    Problem problem =
        Verifiers.problem(
            "{\"tests\": [{\"input\": \"3\\n\", \"output\": \"6\"}, {\"input\": \"5\\n\", \"output\":"
                + " \"10 \\n\"}]}");
    Verdict.Scored verdict =
        Verifiers.scored(io, problem, new Response(program.replace('/', '\n'), true));
    assertEquals(reward, verdict.reward(), verdict::explanation);
    io.close();
  }

  @Test
  void acceptsItsOwnGoldResponse() {
    Problem problem =
        Verifiers.problem(
            "{\"tests\": [\"assert f(1) == '```'\"], \"solution\": \"def f(x):\\n  return '```'\"}");
    assertEquals(1, Verifiers.scored(verifier, problem, verifier.goldResponse(problem)).reward());
    assertEquals("", verifier.goldResponse(Verifiers.problem("assert f(1) == 1")).text());
  }
}
