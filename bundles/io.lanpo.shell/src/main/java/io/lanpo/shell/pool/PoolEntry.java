package io.lanpo.shell.pool;

import io.lanpo.api.component.Setting;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.StoredLesson;
import io.lanpo.api.task.Question;
import java.util.LinkedHashMap;
import java.util.Map;

/** One entry of a pool, as a line of an exported file holds it. */
public sealed interface PoolEntry {
  /** The key that says what a line holds. */
  String TYPE = "type";

  /** The id, unique among the entries of its type. */
  String id();

  /** Every field under its name in the file, in the order of the file. */
  Map<String, Object> document();

  /** An experience. */
  record ExperienceEntry(Experience experience) implements PoolEntry {
    static final String WORD = "experience";

    @Override
    public String id() {
      return experience.id();
    }

    @Override
    public Map<String, Object> document() {
      Map<String, Object> document = begin(WORD, id());
      document.putAll(fields(experience));
      return document;
    }

    /** The fields of an experience apart from its id. */
    public static Map<String, Object> fields(Experience experience) {
      Experience.Outcome outcome = experience.outcome();
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("run", experience.run());
      document.put("step", experience.step());
      document.put("policyVersion", experience.policyVersion());
      question(document, experience.question());
      document.put("mode", Setting.word(experience.mode()));
      document.put("lessons", experience.lessons());
      document.put("attempt", experience.attempt());
      document.put("finished", experience.finished());
      document.put("verdict", Setting.word(outcome.kind()));
      document.put("reward", outcome.reward());
      document.put("accepted", outcome.accepted());
      document.put("baseline", outcome.baseline());
      document.put("explanation", outcome.explanation());
      return document;
    }
  }

  /** A lesson. */
  record LessonEntry(StoredLesson stored) implements PoolEntry {
    static final String WORD = "lesson";

    @Override
    public String id() {
      return stored.lesson().id();
    }

    @Override
    public Map<String, Object> document() {
      Map<String, Object> document = begin(WORD, id());
      document.put("run", stored.run());
      document.put("step", stored.step());
      document.put("kind", Setting.word(stored.lesson().kind()));
      question(document, stored.lesson().source());
      document.put("text", stored.lesson().text());
      return document;
    }
  }

  private static Map<String, Object> begin(String type, String id) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(TYPE, type);
    document.put("id", id);
    return document;
  }

  private static void question(Map<String, Object> document, Question question) {
    document.put("problem", question.id());
    document.put("question", question.text());
  }
}
