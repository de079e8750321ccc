package io.lanpo.libs.jinja;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Message;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One construct after the other. {@code constructs.json} has what Jinja 3.1.6 makes of each, set up
 * as transformers does, for one user turn {@code b}, with the day of {@link Today}; null where
 * Jinja refuses it.
 */
class ConstructsTest {
  private static final List<Message> MESSAGES = List.of(new Message(Message.Role.USER, "b"));
  private static final Map<String, Object> VARIABLES =
      Map.of("add_generation_prompt", true, "eos_token", "E");

  @TestFactory
  Stream<DynamicTest> rendersAsJinjaDoes() throws IOException {
    try (InputStream in = ConstructsTest.class.getResourceAsStream("constructs.json")) {
      JsonArray cases =
          JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
              .getAsJsonArray();
      assertTrue(cases.size() > 90);
      return cases.asList().stream()
          .map(c -> c.getAsJsonObject())
          .map(c -> DynamicTest.dynamicTest(c.get("template").getAsString(), () -> compare(c)));
    }
  }

  private static void compare(JsonObject testCase) {
    String template = testCase.get("template").getAsString();
    if (testCase.get("rendered").isJsonNull()) {
      UserException e = assertThrows(UserException.class, () -> render(template));
      assertTrue(e.getMessage().startsWith("file line 1: the chat template"), e.getMessage());
      assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
    } else {
      assertEquals(testCase.get("rendered").getAsString(), render(template));
    }
  }

  private static String render(String template) {
    return ChatTemplate.of(template, "file").render(MESSAGES, VARIABLES);
  }
}
