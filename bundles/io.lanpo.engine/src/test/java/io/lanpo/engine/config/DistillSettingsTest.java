package io.lanpo.engine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.GroupAbstraction;
import io.lanpo.api.feedback.JudgedAttempt;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.engine.fixture.FakeStrategies;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is set for distilling and changes nothing is told. */
class DistillSettingsTest {
  private static final class Comparing implements GroupAbstraction {
    @Override
    public Optional<Prompt> distil(List<JudgedAttempt> group) {
      return Optional.empty();
    }

    @Override
    public Optional<String> lesson(String completion) {
      return Optional.empty();
    }

    @Override
    public Prompt apply(Question question, List<Lesson> lessons) {
      return new Prompt.Plain(question.text());
    }
  }

  private static List<String> unused(AbstractionStrategy strategy, Map<String, String> values) {
    return DistillSettings.of(Settings.of("test", DistillSettings.DECLARED, values))
        .unused(strategy);
  }

  @Test
  void whatAComparisonOfAGroupDoesNotGoByIsNamed() {
    Map<String, String> set = Map.of("distil.per-problem", "4", "distil.pitfall-share", "1");
    assertEquals(
        List.of(
            "distil.per-problem = 4 changes nothing: the abstraction strategy distils from a whole"
                + " group, once for each problem",
            "distil.pitfall-share = 1.0 changes nothing: the abstraction strategy distils from a"
                + " whole group, once for each problem"),
        unused(new Comparing(), set));
    assertEquals(1, unused(new Comparing(), Map.of("distil.per-problem", "2")).size());
    assertEquals(List.of(), unused(new FakeStrategies(), set));
    assertEquals(List.of(), unused(new Comparing(), Map.of()));
    assertEquals(
        List.of(),
        unused(new Comparing(), Map.of("distil.enabled", "false", "distil.per-problem", "4")));
  }
}
