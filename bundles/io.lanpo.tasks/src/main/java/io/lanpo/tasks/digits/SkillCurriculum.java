package io.lanpo.tasks.digits;

import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Demonstration;
import io.lanpo.api.task.Exam;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a new model learns first: mostly to solve and to use a principle, then mostly to review.
 * During reinforcement learning every skill is replayed, so that none is forgotten.
 *
 * @param <M> a meaning
 * @param vocabulary every word, always in the same order
 * @param coldStart makes the demonstrations of the cold start
 * @param replay makes those of replay; they never use an operator that is to be learned
 */
record SkillCurriculum<M>(
    List<String> vocabulary, Demonstrations<M> coldStart, Demonstrations<M> replay, Exams<M> exams)
    implements Curriculum {
  /** The first part of the cold start, as a share of its steps. */
  private static final double EARLY = 0.3;

  private static final Mix EARLY_MIX = Mix.withDrill(.30, .45, .30, .03, .12, .10);
  private static final Mix LATE_MIX = Mix.withDrill(.30, .24, .14, .03, .50, .09);
  private static final Mix REPLAY_MIX = Mix.withDrill(0, .35, .20, .05, .32, .08);

  @Override
  public Demonstration demonstrate(double progress, RandomGenerator random) {
    Mix mix = progress < EARLY ? EARLY_MIX : LATE_MIX;
    return coldStart.of(mix.draw(random), random);
  }

  @Override
  public Demonstration replay(RandomGenerator random) {
    return replay.of(REPLAY_MIX.draw(random), random);
  }

  @Override
  public Map<String, Double> wordWeights() {
    return ReviewGrammar.WEIGHTS;
  }

  @Override
  public List<Exam> exams(RandomGenerator random) {
    return exams.draw(random);
  }
}
