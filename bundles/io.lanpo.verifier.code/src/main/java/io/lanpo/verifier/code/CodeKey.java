package io.lanpo.verifier.code;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer key of a programming problem.
 *
 * <p>The notation is a JSON object with the members {@code tests} and, where needed, {@code
 * entry_point}, {@code setup}, {@code preamble} (or {@code prompt}, the wording of a problem that
 * is code up to the entry point: what stands before that is the preamble) and {@code solution}.
 * Other members do not matter. A test is code that fails by raising an error ({@code "assert f(1)
 * == 2"}) or an exchange, {@code {"input": "1\n", "output": "2\n"}}. A JSON list is a key of tests
 * alone, anything else is one test.
 *
 * @param tests at least one; all of one kind
 * @param entryPoint the name that the program has to define; may be empty
 * @param setup code that runs before the tests, with the tests
 * @param preamble code that stands before every program, e.g. the imports of the prompt; its
 *     functions are also there for the tests, where the program cannot replace them
 * @param solution a program that passes; may be empty
 */
record CodeKey(
    List<Test> tests, String entryPoint, String setup, String preamble, String solution) {
  /** A test. */
  sealed interface Test {}

  /**
   * Code that calls the program and fails by raising an error.
   *
   * @param code the code
   */
  record Call(String code) implements Test {}

  /**
   * What the program must print.
   *
   * @param input given on standard input
   * @param output expected on standard output, but for white space at the ends of lines
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

  /**
   * Reads a key.
   *
   * @throws Unreadable saying what is wrong with it
   */
  static CodeKey read(String text) throws Unreadable {
    if (text.isBlank()) {
      throw new Unreadable("it is empty");
    }
    JsonElement json = parse(text);
    if (json instanceof JsonArray array) {
      return new CodeKey(tests(array), "", "", "", "");
    }
    if (!(json instanceof JsonObject key)) {
      return new CodeKey(List.of(new Call(text)), "", "", "", "");
    }
    String entryPoint = member(key, "entry_point");
    String preamble = member(key, "preamble");
    return new CodeKey(
        tests(key.get("tests")),
        entryPoint,
        member(key, "setup"),
        preamble.isEmpty() ? before(entryPoint, member(key, "prompt")) : preamble,
        member(key, "solution"));
  }

  /** Imports and helping functions before the entry point; nothing when the prompt is prose. */
  private static String before(String entryPoint, String prompt) {
    int at = entryPoint.isEmpty() ? -1 : prompt.lastIndexOf("\ndef " + entryPoint + "(");
    return at < 0 ? "" : prompt.substring(0, at + 1);
  }

  private static List<Test> tests(@Nullable JsonElement json) throws Unreadable {
    List<Test> tests = new ArrayList<>();
    if (json instanceof JsonArray array) {
      for (JsonElement element : array) {
        tests.add(test(element));
      }
    } else if (json instanceof JsonPrimitive) {
      tests.add(test(json));
    }
    if (tests.isEmpty()) {
      throw new Unreadable("it has no \"tests\", a list that is not empty");
    }
    if (tests.stream().map(Object::getClass).distinct().count() > 1) {
      throw new Unreadable("its \"tests\" mix code and exchanges");
    }
    return tests;
  }

  private static Test test(JsonElement element) throws Unreadable {
    if (element instanceof JsonPrimitive primitive && primitive.isString()) {
      return new Call(primitive.getAsString());
    }
    if (element instanceof JsonObject object && object.has("output")) {
      return new Exchange(member(object, "input"), member(object, "output"));
    }
    throw new Unreadable(
        "a test is neither text nor {\"input\": \"…\", \"output\": \"…\"}: " + element);
  }

  private static String member(JsonObject object, String name) throws Unreadable {
    JsonElement value = object.get(name);
    if (value == null || value.isJsonNull()) {
      return "";
    }
    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw new Unreadable("its \"%s\" is not text".formatted(name));
  }

  /** Null when it is no JSON object or list. */
  private static @Nullable JsonElement parse(String text) {
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return null;
    }
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      // leniently read, some Python would be JSON
      reader.setStrictness(Strictness.STRICT);
      JsonElement json = JsonParser.parseReader(reader);
      return reader.peek() == JsonToken.END_DOCUMENT ? json : null;
    } catch (JsonParseException | IOException e) {
      // Python, which may begin with a bracket as well
      return null;
    }
  }
}
