package io.lanpo.feedback;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.feedback.LessonSelector;
import io.lanpo.api.task.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Principles by Thompson sampling on how completions that saw them fared (Thompson, Biometrika 25,
 * 1933), and a pitfall when no principle promises anything.
 *
 * <p>What a completion was rewarded above the mean of its group counts as so much of a success,
 * what it was rewarded below it as so much of a failure. By success alone lessons of easy problems
 * would look good. A lesson that changes nothing comes to one half, however hard its problems are,
 * and a group of equal rewards says nothing: what has been found to help is not forgotten once all
 * solve the problem. Each problem that a wording was distilled from counts as one trial, a success
 * where it is a principle.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("thompson")
public final class ThompsonSampling implements LessonSelector {
  private static final Setting<Integer> MOST =
      Setting.integer("most", 1, 1, 64, "lessons", "most lessons in a prompt");

  private static final Setting<Double> MIN_USEFULNESS =
      Setting.decimal(
          "min-usefulness",
          0.45,
          0,
          1,
          "chance",
          "a principle drawn below this usefulness gives way to a pitfall; 0.5: completions that"
              + " saw it did as well as their groups");

  /** For the service registry. */
  @Activate
  public ThompsonSampling() {}

  @Override
  public List<Setting<?>> settings() {
    return List.of(MOST, MIN_USEFULNESS);
  }

  @Override
  public Selection open(Settings settings) {
    return new Sampling(settings.get(MOST), settings.get(MIN_USEFULNESS));
  }

  private record Sampling(int most, double minUsefulness) implements Selection {
    @Override
    public List<Lesson> choose(Question question, List<Candidate> relevant, long seed) {
      Map<String, Candidate> principles = new LinkedHashMap<>();
      List<Lesson> pitfalls = new ArrayList<>();
      for (Candidate candidate : relevant) {
        Lesson lesson = candidate.lesson();
        if (lesson.kind() == Lesson.Kind.PRINCIPLE) {
          principles.put(lesson.text(), candidate);
        } else {
          pitfalls.add(lesson);
        }
      }
      RandomGenerator random = new Well19937c(seed);
      List<Lesson> chosen =
          principles.values().stream()
              .map(candidate -> new Drawn(candidate.lesson(), draw(candidate, random)))
              .filter(drawn -> pitfalls.isEmpty() || drawn.chance() > minUsefulness)
              .sorted(Comparator.comparingDouble(Drawn::chance).reversed())
              .limit(most)
              .map(Drawn::lesson)
              .toList();
      return chosen.isEmpty() && !pitfalls.isEmpty()
          ? List.of(pitfalls.get(random.nextInt(pitfalls.size())))
          : chosen;
    }

    private static double draw(Candidate candidate, RandomGenerator random) {
      double won = candidate.solved() + candidate.gain();
      double lost = candidate.problems() - candidate.solved() + candidate.loss();
      return new BetaDistribution(random, 1 + won, 1 + lost).sample();
    }
  }

  private record Drawn(Lesson lesson, double chance) {}
}
