package io.lanpo.libs.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerTest {
  private static final ApiKey NONE = ApiKey.of(ScriptedServer.settings("https://a"), name -> null);

  @Test
  void membersAreReadOrNamed() throws MalformedAnswer {
    JsonObject json = answer("{\"id\": \"x\", \"count\": 3, \"none\": null, \"list\": []}").json();
    assertEquals("x", Answer.required(json, "id"));
    assertEquals("3", Answer.text(json, "count"));
    for (String name : List.of("none", "list", "missing")) {
      assertEquals("", Answer.text(json, name));
      MalformedAnswer e = assertThrows(MalformedAnswer.class, () -> Answer.required(json, name));
      assertEquals("it has no " + name, e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"detail\": \"too long\"}         | too long",
        "{\"detail\": [{\"msg\": \"no\"}]} | [{\"msg\":\"no\"}]",
        "{\"error\": \"no\"}               | {\"error\": \"no\"}",
        "`<h1>\n  Bad\tGateway\n</h1>\n`   | <h1> Bad Gateway </h1>"
      })
  void whatTheServerSaysIsOneLine(String body, String line) {
    assertEquals(line, answer(body).detail(NONE));
  }

  @Test
  void aLongTextIsCut() {
    assertEquals("x".repeat(400) + " …", answer("x".repeat(401)).detail(NONE));
    assertEquals("x".repeat(400), answer("x".repeat(400)).detail(NONE));
  }

  private static Answer answer(String body) {
    return new Answer(200, Answer.JSON, body.getBytes(StandardCharsets.UTF_8));
  }
}
