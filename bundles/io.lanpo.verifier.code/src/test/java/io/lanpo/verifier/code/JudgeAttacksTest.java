package io.lanpo.verifier.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.reward.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Programs that talk to the judge. Each is a file in {@code attacks} whose first lines have the
 * reward that it has honestly earned, words of the explanation with {@code or} between them, and
 * the tests, {@code \n} for a line end; {@code with} names a file of {@code attacks/shared} that
 * the program begins with. Each gets a score, and no more than its share: none of them makes the
 * check fail.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JudgeAttacksTest {
  private static final String TEST = "# test ";
  private static final String WITH = "# with ";

  @SuppressWarnings("NullAway.Init")
  private CodeVerifier verifier;

  @BeforeAll
  void start() {
    verifier = Verifiers.orSkip(Map.of("cpu-seconds", 2, "seconds", 4, "memory", 256));
  }

  @AfterAll
  void stop() {
    if (verifier != null) {
      verifier.close();
    }
  }

  @Test
  void someGetNoMoreThanTheirShare() throws IOException, URISyntaxException {
    check(
        Stream.of(
            "decode-is-eval-that-forges",
            "raw-name-random-os",
            "raw-function-of-the-test",
            "iter-and-getitem",
            "any-is-close",
            "clears-the-argument",
            "skips-the-test-of-unittest",
            "ends-the-judge-by-term"));
  }

  @Tag("full")
  @Test
  void allGetNoMoreThanTheirShare() throws IOException, URISyntaxException {
    List<String> names;
    try (Stream<Path> files = Files.list(folder())) {
      names =
          files
              .filter(Files::isRegularFile)
              .map(file -> file.getFileName().toString().replace(".py", ""))
              .toList();
    }
    assertTrue(names.size() >= 100, () -> names.size() + " attacks");
    check(names.stream());
  }

  private static Path folder() throws URISyntaxException {
    return Path.of(Objects.requireNonNull(JudgeAttacksTest.class.getResource("attacks")).toURI());
  }

  private void check(Stream<String> names) throws URISyntaxException {
    Path folder = folder();
    assertEquals(
        List.of(),
        names
            .parallel()
            .map(name -> trouble(folder.resolve(name + ".py")))
            .flatMap(List::stream)
            .toList());
  }

  private List<String> trouble(Path file) {
    String program = read(file);
    String[] expected = program.lines().findFirst().orElseThrow().substring(2).split(" \\| ", 2);
    String[] tests =
        program
            .lines()
            .filter(line -> line.startsWith(TEST))
            .map(line -> line.substring(TEST.length()).replace("\\n", "\n"))
            .toArray(String[]::new);
    String shared =
        program
            .lines()
            .filter(line -> line.startsWith(WITH))
            .map(
                line ->
                    read(file.resolveSibling("shared/" + line.substring(WITH.length()) + ".py")))
            .collect(Collectors.joining());
    String own =
        program
            .lines()
            .filter(line -> !line.startsWith("# "))
            .reduce(shared, (a, b) -> a + b + "\n");
    Verdict verdict = verifier.verify(Verifiers.problem("", tests), Verifiers.program(own));
    boolean right =
        verdict instanceof Verdict.Scored scored
            && scored.reward() == Double.parseDouble(expected[0])
            && Stream.of(expected[1].split(" or ")).anyMatch(scored.explanation()::contains)
            && scored.explanation().lines().count() == 1;
    return right ? List.of() : List.of(file.getFileName() + ": " + verdict);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
