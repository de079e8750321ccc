package io.lanpo.libs.answer;

import java.util.Set;

/** The English words that say how a sentence means the numbers and formulas in it. */
final class Vocabulary {
  /** Verbs that what is stated stands behind. */
  static final Set<String> VERBS =
      Set.of("is", "are", "was", "were", "be", "equals", "becomes", "gives", "yields");

  /** Words before a number that deny it or make another of it. */
  static final Set<String> DENIALS =
      Set.of(
          "not",
          "no",
          "never",
          "than",
          "least",
          "most",
          "neither",
          "nor",
          "cannot",
          "except",
          "without",
          "isn't",
          "isn’t",
          "none",
          "undefined",
          "unknown",
          "between",
          "half",
          "twice",
          "double",
          "triple",
          "root",
          "exceeds",
          "divisible",
          "multiple");

  /** Words before a rounding. */
  static final Set<String> ABOUT = Set.of("about", "approximately", "roughly");

  /** Words before a number that turn its sign. */
  static final Set<String> MINUS = Set.of("minus", "negative");

  /** Words behind a number that make another of it, together with what follows. */
  static final Set<String> OPERATORS = Set.of("plus", "minus", "over", "divided", "multiplied");

  /** Words between two numbers that are one statement: {@code 2 by 3}, {@code 1 out of 3}. */
  static final Set<String> LINKS = Set.of("and", "or", "by", "to", "in", "of");

  /** Words that begin a reason or a condition behind what is stated. */
  static final Set<String> REASONS = Set.of("because", "since", "when", "if", "where", "namely");

  /** Words behind which something new is stated. */
  static final Set<String> CONCLUSIONS =
      Set.of("so", "hence", "thus", "therefore", "then", "we", "is", "are", "gives", "equals");

  /** Words that offer another answer behind one. */
  static final Set<String> HEDGES =
      Set.of("or", "maybe", "perhaps", "possibly", "alternatively", "either");

  /** Words behind a number that are no unit. */
  static final Set<String> ASIDES =
      Set.of(
          "because",
          "since",
          "as",
          "which",
          "where",
          "when",
          "so",
          "if",
          "for",
          "with",
          "by",
          "that",
          "hence",
          "thus",
          "and",
          "or",
          "but",
          "not",
          "then",
          "from",
          "after",
          "is",
          "are",
          "was",
          "at",
          "on",
          "we",
          "i",
          "it",
          "this",
          "in",
          "to",
          "out",
          "while",
          "instead",
          "rather",
          "therefore",
          "using",
          "than");

  private Vocabulary() {}
}
