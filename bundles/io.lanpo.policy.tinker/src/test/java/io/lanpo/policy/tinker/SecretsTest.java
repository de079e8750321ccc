package io.lanpo.policy.tinker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the API key goes, and where it must not go; and whom it is sent to. */
final class SecretsTest {
  private static final String KEY = "tml-very-secret-0123456789";
  private static final Path MODEL = Path.of("../../integration-tests/peers/fixtures/llama");

  @TempDir Path work;

  private static TinkerPolicyBackend backend() {
    return new TinkerPolicyBackend(
        NumberTokens.service(Scenario.VOCABULARY),
        name -> name.equals("TINKER_API_KEY") ? KEY : null,
        () -> "name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"variable", "file"})
  void theKeyIsSentAndNowhereElseToBeFound(String source) throws IOException {
    Path file = work.resolve("key");
    Files.writeString(file, KEY + "\n");
    PrintStream err = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    StringWriter told = new StringWriter();
    try (FaultyServer server = new FaultyServer()) {
      Settings settings =
          Scenario.settings(
              Map.of(
                  "url",
                  server.url(),
                  "retries",
                  "0",
                  "key-file",
                  source.equals("file") ? file.toString() : "",
                  "key-variable",
                  source.equals("file") ? "NONE" : "TINKER_API_KEY"));
      assertFalse(settings.toString().contains(KEY));
      try (Policy policy = backend().open(MODEL, settings)) {
        assertTrue(
            server.headers().stream().anyMatch(h -> h.equalsIgnoreCase("x-api-key: [" + KEY + "]")),
            server.headers().toString());
        policy.save(work.resolve("checkpoint"));
        told.append(policy.toString()).append(policy.info().toString());
        // a server that echoes what it was sent
        server.fault(
            (exchange, verb, time) ->
                verb.equals("asample")
                    && FaultyServer.status(
                        exchange,
                        time == 0 ? 500 : 400,
                        "{\"detail\":\"key " + KEY + " is bad\"}"));
        for (int i = 0; i < 2; i++) {
          GenerationRequest request = new GenerationRequest(new int[] {4}, 1, Sampling.at(1, 2), 0);
          assertThrows(UserException.class, () -> policy.generate(List.of(request)))
              .printStackTrace(new PrintWriter(told, true));
        }
        assertTrue(told.toString().contains("key *** is bad"), told.toString());
      }
    } finally {
      System.setErr(err);
    }
    assertFalse(told.toString().contains(KEY));
    assertFalse(log.toString(StandardCharsets.UTF_8).contains(KEY));
    try (Stream<Path> files = Files.walk(work.resolve("checkpoint"))) {
      for (Path written : files.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(written).contains(KEY), written.toString());
      }
    }
  }

  /** An archive may lie on another server, which has no business with the key. */
  @Test
  void aRedirectElsewhereIsFollowedWithoutTheKey() throws IOException {
    try (FaultyServer server = new FaultyServer();
        FaultyServer other = new FaultyServer()) {
      server.fault(
          (exchange, verb, time) -> {
            if (!verb.endsWith("/archive")) {
              return false;
            }
            exchange.getResponseHeaders().set("Location", other.url() + "/api/v1/file");
            exchange.sendResponseHeaders(302, -1);
            return true;
          });
      other.fault((exchange, verb, time) -> FaultyServer.status(exchange, 200, "the archive"));
      Settings settings = Scenario.settings(Map.of("url", server.url(), "export", "true"));
      try (Policy policy = backend().open(MODEL, settings)) {
        policy.save(work.resolve("checkpoint"));
      }
      assertEquals(
          "the archive", Files.readString(work.resolve("checkpoint").resolve(ModelFolder.ARCHIVE)));
      assertFalse(other.headers().isEmpty());
      assertFalse(other.headers().toString().contains(KEY));
    }
  }
}
