package io.lanpo.libs.question;

import io.lanpo.api.task.Question;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds questions that are the same problem in other words, so that a lesson which tells of a
 * problem's solution is not shown for its twin, whatever the similarity filter is.
 *
 * <p>Two questions are near-duplicates when their words and numerals are the same in the same
 * order; or when they have the same numbers, mentioned twice more at most, and share enough words.
 * A 2 may be missing, for "the sum of two numbers" is their sum too; then, and where there are
 * fewer than two numbers, most words must be shared, nearly all where there is none. A false alarm
 * withholds one lesson of many, a miss gives a solution away, so the default leans to alarms; the
 * same numbers by accident are rare enough for that.
 */
public final class NearDuplicates {
  /** This many different numbers in common say that two texts may be one problem. */
  private static final int TELLING = 2;

  /** Share of common words where there are fewer, or where one has a 2 more. */
  private static final double MOST = 0.6;

  /** Share of common words where there is no number. */
  private static final double NEARLY_ALL = 0.8;

  /** How often more one of the texts may mention a number. */
  private static final int MENTIONS = 2;

  private final double overlap;
  private Map<Question, QuestionFingerprint> known = Map.of();
  private Map<Set<BigDecimal>, List<Question>> byNumbers = Map.of();

  /**
   * @param overlap least share of the shorter question's words that the other has too, 0 to 1, for
   *     questions with the same numbers
   */
  public NearDuplicates(double overlap) {
    this.overlap = overlap;
  }

  /** Whether two questions are one problem; ids do not count. */
  public boolean same(Question a, Question b) {
    return same(QuestionFingerprint.of(a.text()), QuestionFingerprint.of(b.text()));
  }

  /** Sets the questions to search; those that were there before are not read again. */
  public void index(Collection<Question> questions) {
    Map<Question, QuestionFingerprint> fingerprints = new HashMap<>();
    Map<Set<BigDecimal>, List<Question>> groups = new HashMap<>();
    for (Question question : questions) {
      QuestionFingerprint fingerprint = fingerprint(question);
      fingerprints.put(question, fingerprint);
      groups.computeIfAbsent(fingerprint.distinctButTwo(), n -> new ArrayList<>()).add(question);
    }
    known = fingerprints;
    byNumbers = groups;
  }

  /** The indexed questions that are the same problem by what they say. */
  public Set<Question> of(Question question) {
    QuestionFingerprint wanted = fingerprint(question);
    Set<Question> found = new HashSet<>();
    for (Question other : byNumbers.getOrDefault(wanted.distinctButTwo(), List.of())) {
      if (same(wanted, fingerprint(other))) {
        found.add(other);
      }
    }
    return found;
  }

  private boolean same(QuestionFingerprint a, QuestionFingerprint b) {
    if (a.tokens().equals(b.tokens())) {
      return true;
    }
    Set<BigDecimal> distinct = a.distinct();
    boolean equal = distinct.equals(b.distinct());
    Set<BigDecimal> common = a.distinctButTwo();
    int difference = Math.abs(a.numbers().size() - b.numbers().size());
    if (difference > MENTIONS
        || (difference == 0 && !a.numbers().equals(b.numbers()))
        || !common.equals(b.distinctButTwo())
        || (!equal && common.size() < TELLING)) {
      return false;
    }
    double least = equal && distinct.size() >= TELLING ? 0 : distinct.isEmpty() ? NEARLY_ALL : MOST;
    return a.overlap(b) >= Math.max(least, overlap);
  }

  private QuestionFingerprint fingerprint(Question question) {
    QuestionFingerprint before = known.get(question);
    return before == null ? QuestionFingerprint.of(question.text()) : before;
  }
}
