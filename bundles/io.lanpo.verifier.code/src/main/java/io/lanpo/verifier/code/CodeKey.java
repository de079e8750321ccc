package io.lanpo.verifier.code;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer key of a programming problem.
 *
 * <p>The notation is a JSON object with the members {@code tests} (see {@link TestReader} for its
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
 * @param solution a program that passes; may be empty
 */
record CodeKey(
    List<Test> tests, String entryPoint, String setup, String preamble, String solution) {
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
  private static String root(String entryPoint) {
    return entryPoint.replaceFirst("\\W.*", "");
  }

  /**
   * Reads a key.
   *
   * @throws Unreadable saying what is wrong with it
   */
  static CodeKey read(String text) throws Unreadable {
    if (text.isBlank()) {
      throw new Unreadable("it is empty");
    }
    JsonElement json = TestReader.parse(text);
    TestReader reader = new TestReader();
    if (!(json instanceof JsonObject key)) {
      reader.add(json instanceof JsonArray ? json : new JsonPrimitive(text));
      return new CodeKey(reader.tests(), "", "", "", "");
    }
    reader.addMembers(key);
    List<Test> tests = reader.tests();
    String entryPoint = entryPoint(key.get("entry_point"), reader.functionName());
    String preamble = member(key, "preamble");
    String before = preamble.isEmpty() ? before(root(entryPoint), member(key, "prompt")) : "";
    return new CodeKey(
        tests, entryPoint, member(key, "setup"), preamble + before, solution(key.get("solution")));
  }

  /** A name, or metadata of LiveCodeBench, which has it as {@code func_name}. */
  private static String entryPoint(@Nullable JsonElement value, String otherwise)
      throws Unreadable {
    String text = text(value, "entry_point");
    if (TestReader.parse(text) instanceof JsonObject metadata) {
      text = member(metadata, "func_name");
    }
    return text.isEmpty() ? otherwise : text;
  }

  /** A program, or a list of programs of which the first is taken, also as text. */
  private static String solution(@Nullable JsonElement value) throws Unreadable {
    JsonElement list =
        value instanceof JsonPrimitive text ? TestReader.parse(text.getAsString()) : value;
    if (list instanceof JsonArray programs) {
      return programs.isEmpty() ? "" : text(programs.get(0), "solution");
    }
    return text(value, "solution");
  }

  /** Imports and helping functions before the entry point; nothing when the prompt is prose. */
  private static String before(String definition, String prompt) {
    if (definition.isEmpty()) {
      return "";
    }
    int function = prompt.lastIndexOf("\ndef " + definition + "(");
    int at = function < 0 ? prompt.lastIndexOf("\nclass " + definition + ":") : function;
    return at < 0 ? "" : prompt.substring(0, at + 1);
  }

  static String member(JsonObject object, String name) throws Unreadable {
    return text(object.get(name), name);
  }

  private static String text(@Nullable JsonElement value, String name) throws Unreadable {
    if (value == null || value.isJsonNull()) {
      return "";
    }
    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw new Unreadable("its \"%s\" is not text".formatted(name));
  }
}
