package io.lanpo.verifier.code;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
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
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
      return new CodeKey(reader.tests(), "", "", "", "", "");
    }
    reader.addMembers(key);
    List<Test> tests = reader.tests();
    String entryPoint = entryPoint(key.get("entry_point"), reader.functionName());
    String preamble = member(key, "preamble");
    String prompt = member(key, "prompt");
    int definition = definition(root(entryPoint), prompt);
    String before = preamble.isEmpty() && definition > 0 ? prompt.substring(0, definition) : "";
    String head = definition < 0 ? "" : prompt.substring(definition);
    return new CodeKey(
        tests,
        entryPoint,
        member(key, "setup"),
        preamble + before,
        head,
        solution(key.get("solution")));
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

  /**
   * Where the prompt defines the entry point, behind imports and helping functions; negative when
   * the prompt is prose.
   */
  private static int definition(String name, String prompt) {
    if (name.isEmpty()) {
      return -1;
    }
    String lines = "\n" + prompt;
    int function = lines.lastIndexOf("\ndef " + name + "(");
    return function < 0 ? lines.lastIndexOf("\nclass " + name + ":") : function;
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

  /**
   * Reads tests in the forms in which data sets are published:
   *
   * <ul>
   *   <li>text: code that fails by raising an error ({@code "assert f(1) == 2"});
   *   <li>{@code {"input": "1\n", "output": "2\n"}}: what is printed for an input;
   *   <li>{@code {"inputs": […], "outputs": […]}}: several such, as in APPS and TACO; with {@code
   *       fn_name}, arguments and results of that function; also {@code input} and {@code output}
   *       that are both lists, as in CodeContests;
   *   <li>{@code {"input": "[1]\n2", "output": "3", "testtype": "functional"}}: arguments, one a
   *       line, and result, as JSON, as in LiveCodeBench;
   *   <li>a list of these, or the JSON of any but code as text. An input or output may be a list of
   *       lines.
   * </ul>
   */
  private static final class TestReader {
    private static final List<String> MEMBERS =
        List.of("tests", "public_tests", "private_tests", "generated_tests");

    private final List<Test> tests = new ArrayList<>();
    private String functionName = "";

    /** The tests that were read. */
    List<Test> tests() throws Unreadable {
      if (tests.isEmpty()) {
        throw new Unreadable("it has no \"tests\", a list that is not empty");
      }
      if (tests.stream().map(Object::getClass).distinct().count() > 1) {
        throw new Unreadable("its \"tests\" mix code, calls and exchanges");
      }
      if (tests.stream().allMatch(test -> test instanceof Exchange e && e.output().isBlank())) {
        throw new Unreadable("its \"tests\" expect no output, so an empty program would pass");
      }
      return tests;
    }

    /** The function that the tests name; empty when they name none. */
    String functionName() {
      return functionName;
    }

    /** Adds the tests of a key. */
    void addMembers(JsonObject key) throws Unreadable {
      functionName = member(key, "fn_name");
      if (key.has("inputs") && key.has("outputs")) {
        add(key);
      }
      for (String member : MEMBERS) {
        JsonElement value = key.get(member);
        if (value != null && !value.isJsonNull()) {
          add(value);
        }
      }
    }

    /** Adds tests in any form. */
    void add(JsonElement json) throws Unreadable {
      if (json instanceof JsonArray array) {
        for (JsonElement element : array) {
          add(element);
        }
      } else if (json instanceof JsonPrimitive primitive && primitive.isString()) {
        JsonElement inner = parse(primitive.getAsString());
        if (inner == null || inner instanceof JsonArray array && array.isEmpty()) {
          tests.add(new Call(primitive.getAsString()));
        } else {
          add(inner);
        }
      } else if (json instanceof JsonObject object) {
        addObject(object);
      } else {
        throw new Unreadable(
            "a test is neither text nor {\"input\": \"…\", \"output\": \"…\"}: " + json);
      }
    }

    private void addObject(JsonObject object) throws Unreadable {
      JsonElement function = object.get("fn_name");
      if (function != null && !function.isJsonNull()) {
        functionName = member(object, "fn_name");
      }
      JsonElement inputs = object.get(object.has("inputs") ? "inputs" : "input");
      JsonElement outputs = object.get(object.has("outputs") ? "outputs" : "output");
      if (outputs == null) {
        throw new Unreadable(
            "a test is neither text nor {\"input\": \"…\", \"output\": \"…\"}: " + object);
      }
      if (object.has("outputs") || isList(inputs) && isList(outputs) && !isCall(object)) {
        addPairs(inputs, outputs, !functionName.isEmpty());
      } else if ("functional".equals(member(object, "testtype"))) {
        tests.add(new Case(lines(member(object, "input")), list(value(outputs))));
      } else if (isCall(object) && inputs != null) {
        addCase(inputs, outputs);
      } else {
        tests.add(new Exchange(text(inputs), text(outputs)));
      }
    }

    private static boolean isCall(JsonObject object) {
      return object.has("fn_name") && !object.get("fn_name").isJsonNull();
    }

    private void addPairs(@Nullable JsonElement inputs, JsonElement outputs, boolean calls)
        throws Unreadable {
      if (!(inputs instanceof JsonArray in)
          || !(outputs instanceof JsonArray out)
          || in.size() != out.size()) {
        throw new Unreadable("its inputs and outputs are not two lists of the same length");
      }
      for (int i = 0; i < in.size(); i++) {
        if (calls) {
          addCase(in.get(i), out.get(i));
        } else {
          tests.add(new Exchange(text(in.get(i)), text(out.get(i))));
        }
      }
    }

    /** A result in a list of its own, as APPS has some, may stand for itself. */
    private void addCase(JsonElement arguments, JsonElement result) throws Unreadable {
      if (!(value(arguments) instanceof JsonArray list)) {
        throw new Unreadable("the arguments of a call are not a list: " + arguments);
      }
      JsonArray results = new JsonArray();
      results.add(result);
      if (result instanceof JsonArray wrapped && wrapped.size() == 1) {
        results.add(wrapped.get(0));
      }
      tests.add(new Case(list.toString(), results.toString()));
    }

    /** A list, or the JSON of one as text. */
    private static JsonElement value(JsonElement json) {
      if (json instanceof JsonPrimitive primitive && primitive.isString()) {
        try {
          return strictly(primitive.getAsString());
        } catch (JsonParseException | IOException e) {
          // text that stands for itself
          return json;
        }
      }
      return json;
    }

    private static String list(JsonElement only) {
      JsonArray list = new JsonArray();
      list.add(only);
      return list.toString();
    }

    /** A list of the values that stand in lines. */
    private static String lines(String text) throws Unreadable {
      JsonArray values = new JsonArray();
      for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
        try {
          values.add(strictly(line));
        } catch (JsonParseException | IOException e) {
          throw new Unreadable("an argument is no JSON: " + line);
        }
      }
      return values.toString();
    }

    private static boolean isList(@Nullable JsonElement json) {
      return json instanceof JsonArray;
    }

    private static String text(@Nullable JsonElement json) {
      if (json == null || json instanceof JsonNull) {
        return "";
      }
      if (json instanceof JsonArray lines) {
        StringJoiner text = new StringJoiner("\n");
        lines.forEach(line -> text.add(text(line)));
        return text.toString();
      }
      return json instanceof JsonPrimitive primitive ? primitive.getAsString() : json.toString();
    }

    /** Null when it is no JSON object or list. */
    static @Nullable JsonElement parse(String text) {
      String start = text.stripLeading();
      if (!start.startsWith("{") && !start.startsWith("[")) {
        return null;
      }
      try {
        return strictly(text);
      } catch (JsonParseException | IOException e) {
        // Python, which may begin with a bracket as well
        return null;
      }
    }

    /** Leniently read, some Python would be JSON. */
    private static JsonElement strictly(String text) throws IOException {
      try (JsonReader reader = new JsonReader(new StringReader(text))) {
        reader.setStrictness(Strictness.STRICT);
        JsonElement json = JsonParser.parseReader(reader);
        if (reader.peek() != JsonToken.END_DOCUMENT) {
          throw new IOException("more than one value");
        }
        return json;
      }
    }
  }
}
