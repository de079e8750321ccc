package io.lanpo.tasks.micro;

import io.lanpo.api.task.Curriculum;
import io.lanpo.api.task.Demonstration;
import io.lanpo.api.task.Exam;
import io.lanpo.api.task.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a new model learns first: mostly to solve and to use a principle, then mostly to review.
 * During reinforcement learning every skill is replayed, so that none is forgotten.
 *
 * @param coldStart makes the demonstrations of the cold start
 * @param replay makes those of replay; they never use an operator that is to be learned
 */
record MicroCurriculum(Demonstrations coldStart, Demonstrations replay) implements Curriculum {
  /** The first part of the cold start, as a share of its steps. */
  private static final double EARLY = 0.3;

  private static final Mix EARLY_MIX = Mix.withDrill(.30, .45, .30, .03, .12, .10);
  private static final Mix LATE_MIX = Mix.withDrill(.30, .24, .14, .03, .50, .09);
  private static final Mix REPLAY_MIX = Mix.withDrill(0, .35, .20, .05, .32, .08);

  private static final double EXECUTION = 0.95;
  private static final double REVIEW = 0.9;
  private static final int EXAM_ITEMS = 100;
  private static final int LONGEST_SOLUTION = 24;
  private static final int LONGEST_REVIEW = 96;

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
   * A plan that the policy states, it must carry out, half of them with a principle given and half
   * on known operators; and its review of an attempt must end in the right solution.
   */
  @Override
  public List<Exam> exams(RandomGenerator random) {
    List<Exam.Item> solutions = new ArrayList<>();
    List<Exam.Item> reviews = new ArrayList<>();
    for (int i = 0; i < EXAM_ITEMS; i++) {
      Scene taught = coldStart.any(random);
      String lesson = Sentences.principle(taught.operator(), taught.rule());
      solutions.add(executes(taught, Sentences.poseWithLesson(lesson, taught.question())));
      Scene plain = coldStart.known(random);
      solutions.add(executes(plain, Sentences.pose(plain.question())));
      Scene reviewed = coldStart.any(random);
      String attempt = reviewed.solution(Rule.any(random));
      reviews.add(
          new Exam.Item(
              Sentences.askReview(reviewed.question(), attempt),
              text -> text.endsWith(" " + ReviewGrammar.SOLUTION + " " + reviewed.solution())));
    }
    return List.of(
        new Exam("executes-rules", EXECUTION, LONGEST_SOLUTION, solutions),
        new Exam("reviews-attempts", REVIEW, LONGEST_REVIEW, reviews));
  }

  private static Exam.Item executes(Scene scene, Prompt prompt) {
    return new Exam.Item(prompt, text -> Sentences.executed(scene.question(), text));
  }
}
