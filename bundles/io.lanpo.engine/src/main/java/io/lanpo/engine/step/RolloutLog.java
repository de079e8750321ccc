package io.lanpo.engine.step;

import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.reward.Verdict;
import io.lanpo.engine.rollout.Group;
import io.lanpo.engine.rollout.Rollout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Completions as lines of {@code rollouts.jsonl} and lessons as lines of {@code lessons.jsonl}:
 * enough to read what happened, and for {@link RolloutLine} and {@link LessonLine} to fill a pool
 * again.
 */
public final class RolloutLog {
  private RolloutLog() {}

  static List<Map<String, Object>> lines(int step, long policyVersion, List<Group> groups) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      for (int i = 0; i < group.rollouts().size(); i++) {
        Rollout rollout = group.rollouts().get(i);
        Outcome outcome = outcome(rollout, group.meanReward());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("group", g);
        line.put("completion", i);
        line.put("policyVersion", policyVersion);
        line.put("problem", group.problem().question().id());
        line.put("question", group.problem().question().text());
        line.put("mode", Setting.word(rollout.composed().mode()));
        line.put("fellBack", rollout.composed().fellBack());
        line.put("lessons", rollout.composed().lessons().stream().map(Lesson::id).toList());
        line.put("prompt", rollout.composed().prompt().text());
        line.put("text", rollout.text());
        line.put("solution", rollout.solution().orElse(null));
        line.put("tokens", rollout.completion().tokens().length);
        line.put("finished", rollout.completion().finished());
        line.put("verdict", Setting.word(outcome.kind()));
        line.put("reward", outcome.reward());
        line.put("explanation", outcome.explanation());
        line.put("baseline", outcome.baseline());
        line.put("advantage", group.advantages()[i]);
        lines.add(line);
      }
    }
    return lines;
  }

  /**
   * @param author who wrote them; empty when the policy under training did
   */
  public static List<Map<String, Object>> lessons(List<StoredLesson> lessons, String author) {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (StoredLesson stored : lessons) {
      Lesson lesson = stored.lesson();
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("step", stored.step());
      line.put("lesson", lesson.id());
      line.put("kind", Setting.word(lesson.kind()));
      line.put("problem", lesson.source().id());
      line.put("question", lesson.source().text());
      line.put("text", lesson.text());
      if (!author.isEmpty()) {
        line.put("by", author);
      }
      lines.add(line);
    }
    return lines;
  }

  static Outcome outcome(Rollout rollout, double baseline) {
    Verdict verdict = rollout.verdict();
    Outcome.Kind kind =
        verdict instanceof Verdict.Scored
            ? Outcome.Kind.SCORED
            : verdict instanceof Verdict.Abstained ? Outcome.Kind.ABSTAINED : Outcome.Kind.FAILED;
    return new Outcome(kind, rollout.reward().orElse(0), baseline, verdict.explanation());
  }
}
