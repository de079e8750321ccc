package io.lanpo.tasks.digits;

import io.lanpo.api.task.Exam;
import io.lanpo.api.task.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a cold start has to pass.
 *
 * @param <M> a meaning
 * @param demonstrations where the scenes come from
 */
record Exams<M>(Language<M> language, Demonstrations<M> demonstrations) {
  private static final double EXECUTION = 0.95;
  private static final double REVIEW = 0.9;
  private static final int ITEMS = 100;
  private static final int LONGEST_SOLUTION = 24;
  private static final int LONGEST_REVIEW = 96;

  /**
   * A plan that the policy states, it must carry out, half of them with a principle given and half
   * on known operators; and its review of an attempt must end in the solution that the tests lead
   * to.
   */
  List<Exam> draw(RandomGenerator random) {
    List<Exam.Item> solutions = new ArrayList<>();
    List<Exam.Item> reviews = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      Scene<M> taught = demonstrations.any(random);
      String lesson = language.principle(taught.operator(), taught.meaning());
      solutions.add(executes(taught, Prompts.poseWithLesson(lesson, taught.question())));
      Scene<M> plain = demonstrations.known(random);
      solutions.add(executes(plain, Prompts.pose(plain.question())));
      Scene<M> reviewed = demonstrations.any(random);
      M plan = language.any(random);
      String refined = solution(reviewed, language.review(plan, reviewed.example()).conclusion());
      reviews.add(
          new Exam.Item(
              Prompts.askReview(reviewed.question(), solution(reviewed, plan)),
              text -> text.endsWith(" " + ReviewGrammar.SOLUTION + " " + refined)));
    }
    return List.of(
        new Exam("executes-rules", EXECUTION, LONGEST_SOLUTION, solutions),
        new Exam("reviews-attempts", REVIEW, LONGEST_REVIEW, reviews));
  }

  private String solution(Scene<M> scene, M plan) {
    return language.solution(scene.operator(), plan, scene.input());
  }

  private Exam.Item executes(Scene<M> scene, Prompt prompt) {
    return new Exam.Item(prompt, text -> language.executed(scene.question(), text));
  }
}
