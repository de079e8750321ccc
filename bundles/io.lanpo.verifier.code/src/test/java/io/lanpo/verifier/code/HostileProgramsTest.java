package io.lanpo.verifier.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.Problem;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs that want out, or want the reward. Each is a file whose first line says what it gets: a
 * reward and words of the explanation, with {@code or} between them where it is not for the program
 * to say which limit it meets. The first test is passed by an honest answer to the first question,
 * {@code "one"}; the second by words that stand in the tests only, so that a reward for it could
 * only be stolen. The time limit of a test only ends what the sandbox's own limits did not.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileProgramsTest {
  /** For programs that are to be ended by it. */
  private static final int SECONDS = 4;

  /** For programs that meet another limit first, also on a machine that is busy. */
  private static final int MANY_SECONDS = 40;

  private final Problem problem =
      Verifiers.problem(
          "f",
          "answer = f(1)\nassert answer == 'one', answer",
          "answer = f(2)\nassert answer == 'violet' + '-8841' or answer == 'violet-8841', answer");

  @SuppressWarnings("NullAway.Init")
  private CodeVerifier verifier;

  @SuppressWarnings("NullAway.Init")
  private CodeVerifier hurried;

  @BeforeAll
  void start() {
    verifier = Verifiers.orSkip(Map.of("cpu-seconds", 1, "seconds", MANY_SECONDS, "memory", 256));
    hurried = Verifiers.orSkip(Map.of("cpu-seconds", 1, "seconds", SECONDS, "memory", 256));
  }

  @AfterAll
  void stop() {
    if (verifier != null) {
      verifier.close();
    }
    if (hurried != null) {
      hurried.close();
    }
  }

  /** One of each kind: forging, lying, stealing, garbling, leaving, killing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "forge-the-result",
        "equal-to-everything",
        "read-the-tests-in-memory",
        "answer-with-nonsense",
        "hard-exit-in-a-test",
        "kill-the-judge",
      })
  void isBoundedDoesNotEscapeAndTheVerdictSaysWhy(String name)
      throws IOException, URISyntaxException {
    check(folder().resolve(name + ".py"));
  }

  @Tag("full")
  @ParameterizedTest
  @MethodSource("programs")
  void everyProgramIsBounded(Path file) throws IOException {
    check(file);
  }

  static List<Path> programs() throws IOException, URISyntaxException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.sorted().toList();
    }
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(HostileProgramsTest.class.getResource("hostile")).toURI());
  }

  private void check(Path file) throws IOException {
    String program = Files.readString(file);
    String[] expected = program.lines().findFirst().orElseThrow().substring(2).split("\\|", 2);
    Verdict.Scored verdict =
        Verifiers.scored(
            isEndedByTime(expected[1]) ? hurried : verifier,
            problem,
            new Response("```python\n" + program + "```", true));
    assertEquals(Double.parseDouble(expected[0].strip()), verdict.reward(), verdict::explanation);
    assertTrue(
        Stream.of(expected[1].strip().split(" or "))
            .anyMatch(words -> !words.isBlank() && verdict.explanation().contains(words)),
        verdict::explanation);
    assertEquals(List.of(), left());
  }

  @Test
  void anHonestProgramGetsTheRewardUnderTheSameLimits() {
    Verdict.Scored verdict =
        Verifiers.scored(
            verifier,
            problem,
            Verifiers.program("def f(x):\n  return 'one' if x == 1 else 'violet-8841'"));
    assertEquals(1, verdict.reward(), verdict::explanation);
  }

  /** Programs whose output is compared run as processes of their own; they are bounded as well. */
  @Tag("full")
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      value = {
        "sh ¦ while :; do echo yes; done ¦ 0 ¦ printed more than 1048576 bytes",
        "sh ¦ f() { f | f & }; f; sleep 100 ¦ 0 ¦ not finished within 4 s or ended with exit code 2",
        "sh ¦ read x; if [ $x = 2 ]; then sleep 100; fi; echo one ¦ 0.5 ¦ not finished within 4 s",
        "sh ¦ kill -9 $PPID ¦ 0 ¦ the judge was ended from within the sandbox, by signal 9",
        "sh ¦ kill -9 $$ ¦ 0 ¦ the program was ended by signal 9",
        "sh ¦ exec >&-; while :; do :; done ¦ 0 ¦ the program used up its processor time",
        "sh ¦ cat /proc/1/environ /etc/passwd ~/.*; ls /home; true ¦ 0 ¦ printed ''",
        "python ¦ print('one' if input() == '1' else open('/dev/fd/0').read()) ¦ 0.5 ¦ exit code 1",
        "python ¦ import os;print('one' if input() == '1' else [os.read(i, 99) for i in range(3, 9)])"
            + " ¦ 0.5 ¦ exit code 1",
        "python ¦ import socket;socket.create_connection(('127.0.0.1', 9)) ¦ 0 ¦ exit code 1",
        "python ¦ x = list('x' * 2 ** 40) ¦ 0 ¦ exit code 1",
      })
  void programsOnTheirOwnAreBoundedToo(String language, String program, double reward, String why)
      throws IOException {
    CodeVerifier verifier =
        Verifiers.orSkip(
            Map.of(
                "language",
                language,
                "cpu-seconds",
                1,
                "seconds",
                isEndedByTime(why) ? SECONDS : MANY_SECONDS,
                "memory",
                256));
    Problem exchanges =
        Verifiers.problem(
            "{\"tests\": [{\"input\": \"1\\n\", \"output\": \"one\"}, {\"input\": \"2\\n\", \"output\":"
                + " \"violet-8841\"}]}");
    Verdict.Scored verdict = Verifiers.scored(verifier, exchanges, new Response(program, true));
    verifier.close();
    assertEquals(reward, verdict.reward(), verdict::explanation);
    assertTrue(
        Stream.of(why.split(" or ")).anyMatch(verdict.explanation()::contains),
        verdict::explanation);
    assertEquals(List.of(), left());
  }

  private static boolean isEndedByTime(String expected) {
    return expected.contains("not finished within");
  }

  /** Processes of sandboxes that are still there. */
  private static List<String> left() throws IOException {
    List<String> left = new ArrayList<>();
    for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
      child.info().commandLine().ifPresent(left::add);
    }
    return left;
  }
}
