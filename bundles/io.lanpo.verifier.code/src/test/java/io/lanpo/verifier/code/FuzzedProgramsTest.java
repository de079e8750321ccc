package io.lanpo.verifier.code;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Responses and keys in random pieces: whatever comes, a verdict comes; and where the key is sound
 * it is a score. {@code -Dlanpo.fuzz.programs=N} for another number of them, {@code
 * -Dlanpo.fuzz.seed=S} for others.
 */
class FuzzedProgramsTest {
  private static final int FEW = 10;
  private static final int MANY = Integer.getInteger("lanpo.fuzz.programs", 100);
  private static final int SECONDS = 3;

  /** Ends what the sandbox's own limits did not. */
  private static final Duration GUARD = Duration.ofSeconds(60);

  private static final List<String> LINES =
      List.of(
          "def f(x):",
          "    return x",
          "    return 'one'",
          "    while True: pass",
          "    raise SystemExit",
          "    yield x",
          "    return [f] * x",
          "    return {1: {x, 2.5}, 'a': (b'x', None)}",
          "    f(x)",
          "    x.y = f",
          "class f:",
          "    def __init__(self, *a): self.a = a",
          "    def __eq__(self, other): return True",
          "    __hash__ = None",
          "    def __getattr__(self, name): return self",
          "import os, sys, signal, time, gc, ctypes",
          "os.write(3, b'\\0\\0\\0\\1N')",
          "os.write(4, b'\\xff' * 9)",
          "os.close(3)",
          "os._exit(7)",
          "os.kill(os.getppid(), 15)",
          "os.kill(os.getppid(), 2)",
          "os.fork()",
          "sys.exit()",
          "sys.setrecursionlimit(10**9)",
          "sys.stdout.write('PASS 0\\nDONE\\n')",
          "sys.modules.clear()",
          "signal.alarm(1)",
          "time.sleep(0.01)",
          "print('x' * 10**6)",
          "f = lambda *a, **k: a",
          "f = f if 'f' in globals() else None",
          "x = 'x' * 10**9",
          "\u0000",
          "\ud800 = '\u200b\u0445'",
          "```",
          "```python",
          "~~~ js",
          "    # \\",
          "'''",
          "(" + "(".repeat(300),
          "9**9**7");

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"tests\"",
          ":",
          ",",
          "\"assert f(1) == 'one'\"",
          "\"\\ud800\"",
          "\"entry_point\"",
          "\"f\"",
          "\"setup\"",
          "\"import os\"",
          "null",
          "1e999",
          "\"input\"",
          "\"output\"",
          "'",
          "\\",
          "f(1)",
          "\u0000",
          "\"solution\"",
          " ");

  @SuppressWarnings("NullAway.Init")
  private CodeVerifier verifier;

  @BeforeEach
  void start() {
    verifier = Verifiers.orSkip(Map.of("cpu-seconds", 1, "seconds", SECONDS, "memory", 128));
  }

  @AfterEach
  void stop() {
    if (verifier != null) {
      verifier.close();
    }
  }

  private Verdict judge(Problem problem, Response response) {
    return assertTimeoutPreemptively(
        GUARD,
        () -> verifier.verify(problem, response),
        () -> "%s\n---\n%s".formatted(problem.key(), response));
  }

  @Test
  void programsAlwaysGetAScore() {
    scorePrograms(FEW);
  }

  @Tag("full")
  @Test
  void manyProgramsAlwaysGetAScore() {
    scorePrograms(MANY);
  }

  private void scorePrograms(int count) {
    Problem problem = Verifiers.problem("f", "assert f(1) == 'one'", "assert f('no') != f(2)");
    Random random = random();
    for (int i = 0; i < count; i++) {
      String response = pieces(random, LINES, 12, "\n");
      Verdict verdict = judge(problem, new Response(response, true));
      assertTrue(
          verdict instanceof Verdict.Scored scored && scored.reward() >= 0 && scored.reward() <= 1,
          () -> response + "\n---\n" + verdict);
    }
  }

  @Test
  void keysAlwaysGetAVerdict() {
    judgeKeys(FEW);
  }

  @Tag("full")
  @Test
  void manyKeysAlwaysGetAVerdict() {
    judgeKeys(MANY);
  }

  private void judgeKeys(int count) {
    Random random = random();
    for (int i = 0; i < count; i++) {
      Problem problem = Verifiers.problem(pieces(random, PIECES, 14, ""));
      Verdict verdict = judge(problem, Verifiers.program("def f(x): return 'one'"));
      verifier.goldResponse(problem);
      assertTrue(!verdict.explanation().isEmpty(), problem.key().text());
    }
  }

  private static Random random() {
    return new Random(Long.getLong("lanpo.fuzz.seed", 7));
  }

  private static String pieces(Random random, List<String> pieces, int most, String between) {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(1, most);
    for (int i = 0; i < count; i++) {
      text.append(pieces.get(random.nextInt(pieces.size()))).append(between);
    }
    return text.toString();
  }
}
