package io.lanpo.libs.http;

import static io.lanpo.libs.http.ScriptedServer.half;
import static io.lanpo.libs.http.ScriptedServer.redirect;
import static io.lanpo.libs.http.ScriptedServer.status;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.http.ScriptedServer.Asked;
import io.lanpo.libs.http.Transport.Post;
import io.lanpo.libs.http.Transport.Repeat;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class TransportTest {
  private static final String GOOD = "{\"a\": 1}";
  private static final String KEY = "tml-very-secret-0123456789";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void aStatusThatPassesIsAskedAgain(int passing) throws IOException {
    try (ScriptedServer server = new ScriptedServer(status(passing, "busy"), status(200, GOOD));
        Transport transport = server.transport("retries", "1")) {
      assertEquals(1, get(transport).get("a").getAsInt());
      assertEquals(
          List.of("/v1/models", "/v1/models"), server.asked().stream().map(Asked::path).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 400, 404, 413, 422, 501})
  void aStatusThatDoesNotPassIsSaidAtOnce(int status) throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(status(status, "{\"detail\": \"no\\n such\"}"));
        Transport transport = server.transport()) {
      UserException e = assertThrows(UserException.class, () -> get(transport));
      assertEquals(
          "the server %s refuses models (status %d): no such".formatted(server.url(), status),
          e.getMessage());
      assertEquals(1, server.asked().size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void aKeyThatIsRefusedIsNotTriedAgain(int status) throws IOException {
    try (ScriptedServer server = new ScriptedServer(status(status, "who are you?"));
        Transport transport = server.transport()) {
      UserException e = assertThrows(UserException.class, () -> get(transport));
      assertTrue(e.getMessage().contains("it wants another API key"), e.getMessage());
      assertTrue(e.nextStep().contains("policy.key-variable"), e.nextStep());
      assertEquals(1, server.asked().size());
    }
  }

  @ParameterizedTest
  @CsvSource({"0,1 try", "1,2 tries", "2,3 tries"})
  void whatRemainsAfterTheLastTryIsSaid(int retries, String tries) throws IOException {
    try (ScriptedServer server = new ScriptedServer(status(503, "out of memory"));
        Transport transport = server.transport("retries", Integer.toString(retries))) {
      UserException e = assertThrows(UserException.class, () -> get(transport));
      assertEquals(
          "the server %s does not answer models after %s: status 503: out of memory"
              .formatted(server.url(), tries),
          e.getMessage());
      assertEquals(retries + 1, server.asked().size());
    }
  }

  @Test
  void aBodyIsMadeAgainForEveryTry() throws IOException {
    AtomicInteger made = new AtomicInteger();
    try (ScriptedServer server = new ScriptedServer(status(500, ""), status(200, GOOD));
        Transport transport = server.transport()) {
      transport.post(
          new Post(
              "sample",
              Answer.JSON,
              () -> bytes("try " + made.get() + made.incrementAndGet()),
              Repeat.ANY),
          Answer::json);
      assertEquals(List.of("try 01", "try 12"), server.asked().stream().map(Asked::body).toList());
      assertEquals(List.of(Answer.JSON), server.asked().get(0).headers().get("Content-type"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": ", "[1]", "<html>", "", "{} {}"})
  void anAnswerThatIsNoJsonObjectIsNamed(String malformed) throws IOException {
    try (ScriptedServer server = new ScriptedServer(status(200, malformed));
        Transport transport = server.transport("retries", "0")) {
      UserException e = assertThrows(UserException.class, () -> get(transport));
      assertTrue(e.getMessage().contains("after 1 try: it is not "), e.getMessage());
      assertTrue(e.getMessage().contains("JSON"), e.getMessage());
    }
  }

  @Test
  void anAnswerThatIsCutOffIsAskedAgain() throws IOException {
    try (ScriptedServer server = new ScriptedServer(status(200, "{\"a\": "), status(200, GOOD));
        Transport transport = server.transport("retries", "1")) {
      assertEquals(1, get(transport).get("a").getAsInt());
      assertEquals(2, server.asked().size());
    }
  }

  @Test
  void aConnectionThatBreaksIsAskedAgain() throws IOException {
    try (ScriptedServer server = new ScriptedServer(half(GOOD), status(200, GOOD));
        Transport transport = server.transport()) {
      assertEquals(1, get(transport).get("a").getAsInt());
      assertEquals(2, server.asked().size());
    }
  }

  @Test
  void whatMustNotBeDoneTwiceIsSentOnce() throws IOException {
    try (ScriptedServer server = new ScriptedServer(half(GOOD), status(200, GOOD));
        Transport transport = server.transport()) {
      Post once = new Post("create", Answer.JSON, () -> bytes(GOOD), Repeat.UNSENT);
      UserException e = assertThrows(UserException.class, () -> transport.post(once, Answer::json));
      assertTrue(e.getMessage().contains("does not answer create after 1 try"), e.getMessage());
      assertEquals(1, server.asked().size());
    }
  }

  @Test
  void whatReachedNobodyIsSentAgain() throws IOException {
    ScriptedServer away = new ScriptedServer(status(200, ""));
    away.close();
    ScriptedServer[] back = new ScriptedServer[1];
    AtomicInteger made = new AtomicInteger();
    Post once =
        new Post(
            "create",
            Answer.JSON,
            () -> {
              if (made.incrementAndGet() == 2) {
                back[0] = started(away.port(), status(200, GOOD));
              }
              return bytes(GOOD);
            },
            Repeat.UNSENT);
    try (Transport transport = away.transport()) {
      assertEquals(1, transport.post(once, Answer::json).get("a").getAsInt());
      assertEquals(1, back[0].asked().size());
    } finally {
      if (back[0] != null) {
        back[0].close();
      }
    }
  }

  @Test
  void aServerThatIsSilentIsAskedAgain() throws IOException {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.silent(), status(200, GOOD));
        Transport transport = server.transport("request-timeout", "1", "retries", "100")) {
      assertEquals(1, get(transport).get("a").getAsInt());
      assertTrue(server.asked().size() >= 2);
    }
  }

  @Test
  void aBodyWithoutAnEndIsGivenUp() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.endless(begun, gone));
        Transport transport = server.transport("request-timeout", "1", "retries", "0")) {
      UserException e = assertThrows(UserException.class, () -> get(transport));
      assertTrue(
          e.getMessage().endsWith("no whole answer within policy.request-timeout = 1 s"),
          e.getMessage());
      gone.await();
    }
  }

  @Test
  void aThreadThatIsInterruptedDoesNotWait() throws IOException {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.silent());
        Transport transport = server.transport()) {
      Thread.currentThread().interrupt();
      assertThrows(UserException.class, () -> get(transport));
      assertTrue(Thread.interrupted(), "it must still know");
    }
  }

  @Test
  void oneTryGivesTheAnswerAsItIs() throws IOException {
    try (ScriptedServer server = new ScriptedServer(status(503, "busy"));
        Transport transport = server.transport()) {
      Answer answer =
          transport.tryOnce(new Post("sample", "text/plain", () -> bytes("x"), Repeat.ANY));
      assertEquals(503, answer.status());
      assertEquals(Answer.JSON, answer.contentType());
      assertArrayEquals(bytes("busy"), answer.body());
      assertEquals(1, server.asked().size());
    }
  }

  @ParameterizedTest
  @CsvSource({"x-api-key,''", "authorization,'Bearer '"})
  void theKeyIsSentAndNeverShown(String header, String scheme) throws IOException {
    // the second time the text is cut in the middle of the key
    String far = "x".repeat(390) + KEY;
    try (ScriptedServer server =
            new ScriptedServer(
                status(400, "{\"detail\": \"key " + KEY + " is bad\"}"),
                status(400, far),
                status(500, far));
        Transport transport =
            server.transport("key-file", keyFile(), "key-header", header, "retries", "0")) {
      StringWriter shown = new StringWriter();
      for (int i = 0; i < 3; i++) {
        UserException e = assertThrows(UserException.class, () -> get(transport));
        e.printStackTrace(new PrintWriter(shown, true));
      }
      assertTrue(shown.toString().contains("key *** is bad"), shown.toString());
      assertFalse((shown.toString() + transport).contains(KEY.substring(0, 4)), shown.toString());
      for (Asked asked : server.asked()) {
        String name = header.substring(0, 1).toUpperCase(Locale.ROOT) + header.substring(1);
        assertEquals(List.of(scheme + KEY), asked.headers().get(name));
      }
    }
  }

  @Test
  void aFileElsewhereIsFetchedWithoutTheKey() throws IOException {
    try (ScriptedServer other = new ScriptedServer(status(200, "the archive"));
        ScriptedServer server =
            new ScriptedServer(
                redirect(other.url() + "/file"), redirect("/here"), status(200, "the same"));
        Transport transport = server.transport("key-file", keyFile())) {
      assertArrayEquals(bytes("the archive"), transport.download("archive"));
      assertFalse(other.asked().toString().contains(KEY), other.asked().toString());
      assertArrayEquals(bytes("the same"), transport.download("archive"));
      assertEquals("/here", server.asked().get(2).path());
      assertEquals(List.of(KEY), server.asked().get(2).headers().get("X-api-key"));
    }
  }

  private String keyFile() throws IOException {
    return Files.writeString(folder.resolve("key"), KEY + "\n").toString();
  }

  private static JsonObject get(Transport transport) {
    return transport.get("models", Answer::json);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ScriptedServer started(int port, ScriptedServer.Step step) {
    try {
      return new ScriptedServer(port, step);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
