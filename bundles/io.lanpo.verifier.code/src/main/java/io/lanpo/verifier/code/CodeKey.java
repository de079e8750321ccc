package io.lanpo.verifier.code;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The answer key of a programming problem.
 *
 * <p>The notation is a JSON object with the members {@code tests} (docs/code-problems.md has its
 * forms) and, where needed, {@code entry_point}, {@code setup}, {@code preamble} (or {@code
 * prompt}, the wording of a problem that is code up to the entry point: what stands before that is
 * the preamble) and {@code solution}. Other members do not matter. A JSON list is a key of tests
 * alone, anything else is one test.
 *
 * @param tests at least one; all of one kind
 * @param entryPoint the name that the program has to define, or an expression such as {@code
 *     Solution().method}; may be empty
 * @param setup code that runs before the tests, with the tests
 * @param preamble code that stands before every program, e.g. the imports of the prompt; its
 *     functions are also there for the tests, where the program cannot replace them
 * @param head the end of the prompt, from the definition of the entry point on; may be empty
 * @param solution a program that passes; may be empty
 */
record CodeKey(
    List<Test> tests,
    String entryPoint,
    String setup,
    String preamble,
    String head,
    String solution) {
  private static final Pattern RETURNS = Pattern.compile("(?m)^return\\b");
  private static final Pattern RETURNS_WITHIN = Pattern.compile("(?m)^[ \\t]*+return\\b");
  private static final Pattern DEFINES = Pattern.compile("(?m)^(?:async +def|def|class)\\b");

  private static final Pattern NAME = Pattern.compile("\\b[A-Za-z_]\\w*(?=\\s*\\()");
  private static final int MOST_NAMES = 1000;

  /** A test. */
  sealed interface Test {}

  /**
   * Code that calls the program and fails by raising an error.
   *
   * @param code the code
   */
  record Call(String code) implements Test {}

  /**
   * A call of the entry point.
   *
   * @param arguments a JSON list of them
   * @param results a JSON list of what may be returned, usually of one
   */
  record Case(String arguments, String results) implements Test {}

  /**
   * What the program must print.
   *
   * @param input given on standard input
   * @param output expected on standard output
   */
  record Exchange(String input, String output) implements Test {}

  CodeKey {
    tests = List.copyOf(tests);
  }

  /** A key that cannot be read. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /** Whether the tests are exchanges. */
  boolean exchanges() {
    return tests.get(0) instanceof Exchange;
  }

  /** Names of which the program has to define one: the entry point, or those in the tests. */
  String[] tested() {
    if (!entryPoint.isEmpty()) {
      return new String[] {root(entryPoint)};
    }
    return tests.stream()
        .filter(Call.class::isInstance)
        .flatMap(test -> NAME.matcher(((Call) test).code()).results())
        .map(MatchResult::group)
        .distinct()
        .limit(MOST_NAMES)
        .toArray(String[]::new);
  }

  /** {@code Solution} of {@code Solution().method}. */
  static String root(String entryPoint) {
    return entryPoint.replaceFirst("\\W.*", "");
  }

  /**
   * The program that a response stands for: itself, or with the head before it where it only goes
   * on from there, as the solutions of HumanEval do.
   */
  String whole(String program) {
    String body = program.stripTrailing().stripIndent();
    boolean within =
        RETURNS.matcher(body).find()
            || RETURNS_WITHIN.matcher(body).find() && !DEFINES.matcher(body).find();
    boolean defined =
        Pattern.compile("\\bdef\\s+" + Pattern.quote(root(entryPoint)) + "\\b")
            .matcher(body)
            .find();
    return head.startsWith("def ") && within && !defined
        ? head.stripTrailing() + "\n" + body.indent(4)
        : program;
  }
}
