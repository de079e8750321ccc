package io.lanpo.tasks.micro;

import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Demonstration;
import io.lanpo.api.task.Exam;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a new model learns first: mostly to solve and to use a principle, then mostly to review.
 * During reinforcement learning every skill is replayed, so that none is forgotten.
 */
final class MicroCurriculum implements Curriculum {
  /** The first part of the cold start, as a share of its steps. */
  private static final double EARLY = 0.3;

  private static final Mix EARLY_MIX = Mix.withDrill(.30, .45, .30, .03, .12, .10);
  private static final Mix LATE_MIX = Mix.withDrill(.30, .24, .14, .03, .50, .09);
  private static final Mix REPLAY_MIX = Mix.withDrill(0, .35, .20, .05, .32, .08);

  private static final double EXECUTION = 0.95;
  private static final int EXAM_ITEMS = 200;
  private static final int LONGEST_SOLUTION = 24;

  private final Demonstrations coldStart;
  private final Demonstrations replay;

  /**
   * @param coldStart makes the demonstrations of the cold start
   * @param replay makes those of replay; they never use an operator that is to be learned
   */
  MicroCurriculum(Demonstrations coldStart, Demonstrations replay) {
    this.coldStart = coldStart;
    this.replay = replay;
  }

  @Override
  public List<String> vocabulary() {
    return Words.all();
  }

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

  /**
   * A plan that the policy states, it must carry out: half with a principle given, half on known
   * operators.
   */
  @Override
  public List<Exam> exams(RandomGenerator random) {
    List<Exam.Item> items = new ArrayList<>();
    while (items.size() < EXAM_ITEMS) {
      Scene taught = coldStart.any(random);
      String lesson = Wording.principle(taught.operator(), taught.rule());
      items.add(
          new Exam.Item(
              Wording.poseWithLesson(lesson, taught.question()),
              text -> Wording.executed(taught.question(), text)));
      Scene plain = coldStart.known(random);
      items.add(
          new Exam.Item(
              Wording.pose(plain.question()), text -> Wording.executed(plain.question(), text)));
    }
    return List.of(new Exam("executes-rules", EXECUTION, LONGEST_SOLUTION, items));
  }
}
