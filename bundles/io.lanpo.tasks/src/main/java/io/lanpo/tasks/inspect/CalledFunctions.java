package io.lanpo.tasks.inspect;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which functions tests call that a program is to define. */
final class CalledFunctions {
  private static final Pattern ASSERTION = Pattern.compile("\\bassert\\b([^\\n]*)");
  private static final Pattern CALL = Pattern.compile("(\\w+)\\s*\\(");

  private static final Set<String> WRAPPERS =
      Set.of(
          "set",
          "sorted",
          "list",
          "tuple",
          "round",
          "abs",
          "len",
          "isinstance",
          "candidate",
          "not",
          "isclose");

  private CalledFunctions() {}

  /** Whether some test calls a function by a name that the wording does not have. */
  static boolean unnamed(String wording, String tests) {
    return ASSERTION
        .matcher(tests)
        .results()
        .flatMap(assertion -> program(assertion.group(1)).stream())
        .anyMatch(name -> !wording.contains(name));
  }

  /** The first function of an assertion that is not one of Python's own. */
  private static Optional<String> program(String assertion) {
    return CALL.matcher(assertion)
        .results()
        .map(call -> call.group(1))
        .filter(name -> !WRAPPERS.contains(name))
        .findFirst();
  }
}
