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
import io.lanpo.verifier.code.CodeKey.Call;
import io.lanpo.verifier.code.CodeKey.Case;
import io.lanpo.verifier.code.CodeKey.Exchange;
import io.lanpo.verifier.code.CodeKey.Test;
import io.lanpo.verifier.code.CodeKey.Unreadable;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Reads answer keys of programming problems, with tests in the forms in which data sets are
 * published:
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
final class CodeKeyReader {
  private static final List<String> MEMBERS =
      List.of("tests", "public_tests", "private_tests", "generated_tests");

  private final List<Test> tests = new ArrayList<>();
  private String functionName = "";

  private CodeKeyReader() {}

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
    CodeKeyReader reader = new CodeKeyReader();
    if (!(json instanceof JsonObject key)) {
      reader.add(json instanceof JsonArray ? json : new JsonPrimitive(text));
      return new CodeKey(reader.tests(), "", "", "", "", "");
    }
    reader.addMembers(key);
    List<Test> tests = reader.tests();
    String entryPoint = entryPoint(key.get("entry_point"), reader.functionName());
    String preamble = member(key, "preamble");
    String prompt = member(key, "prompt");
    int definition = definition(CodeKey.root(entryPoint), prompt);
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

  /** A name, or metadata of LiveCodeBench, which has it as {@code func_name}. */
  private static String entryPoint(@Nullable JsonElement value, String otherwise)
      throws Unreadable {
    String text = text(value, "entry_point");
    if (parse(text) instanceof JsonObject metadata) {
      text = member(metadata, "func_name");
    }
    return text.isEmpty() ? otherwise : text;
  }

  /** A program, or a list of programs of which the first is taken, also as text. */
  private static String solution(@Nullable JsonElement value) throws Unreadable {
    JsonElement list = value instanceof JsonPrimitive text ? parse(text.getAsString()) : value;
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

  private static String member(JsonObject object, String name) throws Unreadable {
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

  /** The tests that were read. */
  private List<Test> tests() throws Unreadable {
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
  private String functionName() {
    return functionName;
  }

  /** Adds the tests of a key. */
  private void addMembers(JsonObject key) throws Unreadable {
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
  private void add(JsonElement json) throws Unreadable {
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
  private static @Nullable JsonElement parse(String text) {
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
