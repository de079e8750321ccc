package io.lanpo.shell.view;

import io.lanpo.api.component.Setting;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import io.lanpo.shell.pool.PoolEntry;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.NumberFormats;
import io.lanpo.shell.terminal.Table;
import io.lanpo.shell.terminal.TerminalText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Experiences and lessons as documents and in full. */
public final class PoolView {
  private PoolView() {}

  /** An experience as one document. */
  public static Map<String, Object> document(Experience experience) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("experience", experience.id());
    document.putAll(PoolEntry.ExperienceEntry.fields(experience));
    return document;
  }

  /** A lesson as one document. */
  public static Map<String, Object> document(StoredLesson stored, LessonUse use) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("lesson", stored.lesson().id());
    document.put("kind", Setting.word(stored.lesson().kind()));
    document.put("text", stored.lesson().text());
    document.put("problem", stored.lesson().source().id());
    document.put("question", stored.lesson().source().text());
    document.put("run", stored.run());
    document.put("step", stored.step());
    document.put("shown", use.shown());
    document.put("accepted", use.accepted());
    document.put("better", use.better());
    return document;
  }

  /** Prints attempts at a problem, one line each. */
  public static void print(Question question, List<Experience> attempts, Console console) {
    console.out().println(TerminalText.block(question.text()));
    console.out().println();
    if (attempts.isEmpty()) {
      console.out().println("No attempt at it is like that.");
      return;
    }
    Table table =
        new Table()
            .column("experience")
            .number("step")
            .optional(2)
            .column("feedback")
            .optional(1)
            .column("verdict")
            .folds()
            .column("attempt")
            .prose();
    for (Experience attempt : attempts) {
      table.row(
          attempt.id(),
          NumberFormats.count(attempt.step()),
          Setting.word(attempt.mode()),
          verdict(attempt.outcome()),
          attempt.attempt());
    }
    table.print(console);
  }

  /**
   * Prints an experience in full.
   *
   * @param shown the lessons that were in its prompt, as far as the pool still has them
   */
  public static void print(Experience experience, List<StoredLesson> shown, Console console) {
    Experience.Outcome outcome = experience.outcome();
    Table facts =
        Table.facts()
            .row("experience", experience.id())
            .row("run", experience.run() + ", step " + experience.step())
            .row("problem", experience.question().id())
            .row("feedback", Setting.word(experience.mode()))
            .row("verdict", verdict(outcome))
            .row("reason", outcome.explanation());
    if (!experience.finished()) {
      facts.row("", "cut off by the length limit");
    }
    facts.print(console);
    block("question", experience.question().text(), console);
    for (StoredLesson lesson : shown) {
      block("lesson " + lesson.lesson().id(), lesson.lesson().text(), console);
    }
    block("attempt", experience.attempt(), console);
  }

  /** Prints a lesson in full. */
  public static void print(StoredLesson stored, LessonUse use, Console console) {
    Table.facts()
        .row("lesson", stored.lesson().id())
        .row("kind", Setting.word(stored.lesson().kind()))
        .row("run", stored.run() + ", step " + stored.step())
        .row("distilled from", stored.lesson().source().id())
        .row(
            "use",
            "shown %s times, accepted %s, better than its group %s"
                .formatted(
                    NumberFormats.count(use.shown()),
                    NumberFormats.count(use.accepted()),
                    NumberFormats.count(use.better())))
        .print(console);
    block("text", stored.lesson().text(), console);
    block("question it was distilled from", stored.lesson().source().text(), console);
  }

  private static String verdict(Experience.Outcome outcome) {
    return outcome.kind() == Experience.Outcome.Kind.SCORED
        ? "reward %s, group mean %s"
            .formatted(
                NumberFormats.figure(outcome.reward()), NumberFormats.figure(outcome.baseline()))
        : Setting.word(outcome.kind());
  }

  private static void block(String heading, String text, Console console) {
    console.out().println();
    console.out().println(console.paint().heading(TerminalText.line(heading)));
    console.out().println(TerminalText.block(text));
  }
}
