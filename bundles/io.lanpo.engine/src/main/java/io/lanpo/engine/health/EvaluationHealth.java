package io.lanpo.engine.health;

import io.lanpo.api.component.Setting;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.Finding;
import io.lanpo.engine.evaluate.Answer;
import io.lanpo.engine.health.rule.CutOff;
import io.lanpo.engine.health.rule.Excerpt;
import io.lanpo.engine.health.rule.NoAnswer;
import io.lanpo.engine.health.rule.RunFacts;
import io.lanpo.engine.health.rule.Unscored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Tells what keeps the figures of an evaluation from saying how good a policy is.
 *
 * @param run how it is set up
 * @param looksForAnswers whether its verifier looks for final answers
 */
public record EvaluationHealth(RunFacts run, boolean looksForAnswers) {
  private static final String CONDENSED = "sampling.max-condensed-tokens";

  /** What the answers in a mode show, causes first. */
  public List<Finding> findings(EvaluationMode mode, List<Answer> answers) {
    String where = "mode " + Setting.word(mode);
    List<Answer> finished = answers.stream().filter(Answer::finished).toList();
    Predicate<Answer> unscored = answer -> !answer.scored();
    Predicate<Answer> unanswered = answer -> !answer.accepted() && answer.answer() == null;
    List<Finding> findings = new ArrayList<>();
    add(
        findings,
        Unscored.of(
            count(answers, unscored),
            answers.size(),
            where,
            example(answers, unscored).map(Excerpt::said).orElse(""),
            run));
    add(
        findings,
        (reviews(mode) ? CutOff.REVIEWS : CutOff.ANSWERS)
            .of(answers.size() - finished.size(), answers.size(), where, run));
    if (looksForAnswers) {
      add(
          findings,
          NoAnswer.of(
              count(finished, unanswered),
              finished.size(),
              where,
              example(finished, unanswered),
              run));
    }
    add(findings, withoutFeedback(mode, answers, where));
    add(findings, uncondensed(answers, where));
    return findings;
  }

  /** What was to be condensed was mostly shown as it is. */
  private Optional<Finding> uncondensed(List<Answer> answers, String where) {
    long shown = count(answers, answer -> !answer.lessons().isEmpty());
    long as = count(answers, Answer::uncondensed);
    if (as == 0 || 2 * as < shown) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            "not-condensed",
            "lessons were to be condensed, but the policy wrote no text for %d of %d prompts in %s, which show them as they are; raise %s, or change %s"
                .formatted(as, shown, where, run.written(CONDENSED), run.written("abstraction")),
            CONDENSED));
  }

  private Optional<Finding> withoutFeedback(
      EvaluationMode mode, List<Answer> answers, String where) {
    boolean none =
        mode != EvaluationMode.ZERO_SHOT
            && !answers.isEmpty()
            && answers.stream().allMatch(Answer::fellBack);
    if (!none) {
      return Optional.empty();
    }
    boolean lessons = mode != EvaluationMode.REFLECT;
    String setting = lessons ? "feedback.floor" : "sampling.max-tokens";
    return Optional.of(
        new Finding(
            lessons ? "no-lessons" : "no-reviews",
            "there was no feedback to show for any of %d prompts in %s, so that it measured plain questions; %s"
                    .formatted(
                        answers.size(),
                        where,
                        lessons
                            ? "evaluate with a pool of lessons on such problems, or lower "
                            : "no answer was finished and could be reviewed: raise ")
                + run.written(setting),
            setting));
  }

  private static boolean reviews(EvaluationMode mode) {
    return mode == EvaluationMode.REFLECT || mode == EvaluationMode.RETRIEVE_REFLECT;
  }

  private static long count(List<Answer> answers, Predicate<Answer> which) {
    return answers.stream().filter(which).count();
  }

  private static Optional<Excerpt> example(List<Answer> answers, Predicate<Answer> which) {
    return answers.stream()
        .filter(which)
        .findFirst()
        .map(answer -> new Excerpt(answer.text(), answer.explanation()));
  }

  private static void add(List<Finding> findings, Optional<Finding> found) {
    found.ifPresent(findings::add);
  }
}
