package io.lanpo.example.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.objective.Explanation;
import io.lanpo.api.objective.JudgedCompletion;
import io.lanpo.api.objective.JudgedGroup;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RanksTest {
  private static final double UNSCORED = Double.NaN;

  private static double[] advantages(double... rewards) {
    Ranks ranks = new Ranks();
    JudgedGroup group =
        new JudgedGroup(
            new Question("q", "q ?"),
            new Prompt.Plain("q ?"),
            Arrays.stream(rewards).mapToObj(RanksTest::completion).toList());
    return ranks.open(Settings.defaults(ranks.settings())).advantages(List.of(group)).get(0);
  }

  private static JudgedCompletion completion(double reward) {
    return new JudgedCompletion(
        FeedbackMode.SCRATCH,
        List.of(),
        new int[] {1},
        new int[] {2},
        new float[] {-1},
        true,
        Optional.of("a"),
        Double.isNaN(reward) ? OptionalDouble.empty() : OptionalDouble.of(reward),
        reward == 1,
        new Explanation(""));
  }

  @Test
  void onlyTheOrderCounts() {
    assertArrayEquals(new double[] {1, 0, 0, -1}, advantages(1, 0.5, 0.5, 0), 1e-12);
    assertArrayEquals(advantages(3, 2, 1), advantages(30, 2, -100), 1e-12);
  }

  @Test
  void whatHasNoScoreTakesNoPart() {
    assertArrayEquals(new double[] {1, 0, -1}, advantages(1, UNSCORED, 0), 1e-12);
    assertArrayEquals(new double[] {0, 0}, advantages(1, UNSCORED), 1e-12);
  }

  /** The tutorial shows the class as it is, and it stays as short as the tutorial says. */
  @Test
  void theTutorialShowsThisClass() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/io/lanpo/example/objective/Ranks.java"));
    String tutorial = Files.readString(Path.of("../../docs/tutorial.md"));
    String shown = tutorial.substring(tutorial.indexOf("```java\n") + "```java\n".length());
    assertEquals(
        source.substring(source.indexOf("import ")), shown.substring(0, shown.indexOf("```")));
    assertTrue(source.lines().count() <= 100, "an afternoon's work");
  }
}
