package io.lanpo.libs.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.task.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Prompts of real models, character by character as transformers rendered them. */
class TransformersParityTest {
  private static final Path FIXTURE =
      Path.of("../../integration-tests/peers/fixtures/chat-templates.json");

  @TestFactory
  Stream<DynamicTest> rendersAsTransformersDoes() throws IOException {
    assertTrue(
        Files.exists(FIXTURE),
        () ->
            FIXTURE.toAbsolutePath().normalize()
                + " does not exist; integration-tests/peers writes it");
    JsonArray cases = JsonParser.parseString(Files.readString(FIXTURE)).getAsJsonArray();
    for (String family :
        List.of(
            "smollm2",
            "qwen2.5",
            "qwen3",
            "llama3",
            "llama3.1",
            "llama3.2",
            "deepseek v3",
            "deepseek r1 distill",
            "phi3",
            "glm4.5")) {
      assertTrue(
          cases.asList().stream().anyMatch(c -> name(c).startsWith(family + ":")),
          "no case for " + family);
    }
    return cases.asList().stream()
        .map(c -> DynamicTest.dynamicTest(name(c), () -> compare(c.getAsJsonObject())));
  }

  private static String name(JsonElement testCase) {
    return testCase.getAsJsonObject().get("name").getAsString();
  }

  private static void compare(JsonObject testCase) {
    List<Message> messages = new ArrayList<>();
    for (JsonElement turn : testCase.getAsJsonArray("messages")) {
      String role = turn.getAsJsonObject().get("role").getAsString();
      messages.add(
          new Message(
              Message.Role.valueOf(role.toUpperCase(Locale.ROOT)),
              turn.getAsJsonObject().get("content").getAsString()));
    }
    Map<String, Object> variables = new HashMap<>();
    for (String name : List.of("bos_token", "eos_token", "add_generation_prompt")) {
      put(name, testCase.get(name), variables);
    }
    if (testCase.get("variables") instanceof JsonObject more) {
      more.entrySet().forEach(entry -> put(entry.getKey(), entry.getValue(), variables));
    }
    assertEquals(
        testCase.get("rendered").getAsString(),
        ChatTemplate.of(testCase.get("template").getAsString(), name(testCase))
            .render(messages, variables));
  }

  /** A special token that a tokenizer does not have is undefined in transformers. */
  private static void put(String name, JsonElement value, Map<String, Object> variables) {
    if (!value.isJsonNull()) {
      boolean truth = value.getAsJsonPrimitive().isBoolean();
      variables.put(name, truth ? (Object) value.getAsBoolean() : value.getAsString());
    }
  }
}
