package io.lanpo.tasks.inspect;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which functions tests call that a program is to define. */
final class CalledFunctions {
  private static final Pattern CALL =
      Pattern.compile("\\bassert\\s*\\(?\\s*(?:not\\s+)?(?:\\w+\\s*\\(\\s*)*?(\\w+)\\s*\\(");

  private static final Set<String> WRAPPERS =
      Set.of("set", "sorted", "list", "tuple", "round", "abs", "len", "isinstance", "candidate");

  private CalledFunctions() {}

  /** Whether some test calls a function by a name that the wording does not have. */
  static boolean unnamed(String wording, String tests) {
    Set<String> called = new LinkedHashSet<>();
    Matcher call = CALL.matcher(tests);
    while (call.find()) {
      if (!WRAPPERS.contains(call.group(1))) {
        called.add(call.group(1));
      }
    }
    return called.stream().anyMatch(name -> !wording.contains(name));
  }
}
