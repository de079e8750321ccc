package io.lanpo.policy.openai;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.task.Prompt;
import io.lanpo.fuzz.Fuzz;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a server answers, it is understood, or refused with the server's address. */
@Tag("full")
class AnswerFuzzTest {
  private static final String MODELS = "{\"data\": [{\"id\": \"qwen\"}]}";
  private static final String COMPLETIONS =
      "{\"choices\": [{\"text\": \"8 9\", \"finish_reason\": \"stop\", \"token_ids\": [8, 9, 2],"
          + " \"logprobs\": {\"token_logprobs\": [-0.5, null, -0.25]}},"
          + " {\"text\": \"7 7\", \"finish_reason\": \"length\"}]}";

  private final AtomicReference<byte[]> models = new AtomicReference<>();
  private final AtomicReference<byte[]> completions = new AtomicReference<>();

  /** A token for each character. */
  private record Characters() implements Tokenizer {
    record Service() implements TokenizerService {
      @Override
      public Tokenizer ofWords(List<String> words) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Tokenizer open(Path checkpoint, TokenizerService.Options options) {
        return new Characters();
      }
    }

    @Override
    public int[] encode(String text) {
      return text.chars().map(c -> c % 96).toArray();
    }

    @Override
    public int[] encode(Prompt prompt) {
      return encode(prompt.text());
    }

    @Override
    public String decode(int[] tokens) {
      return "";
    }

    @Override
    public int endToken() {
      return 2;
    }

    @Override
    public int vocabularySize() {
      return 96;
    }

    @Override
    public void save(Path folder) {
      throw new UnsupportedOperationException();
    }
  }

  private static void send(HttpExchange exchange, byte[] answer) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Test
  void answers() throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/models", exchange -> send(exchange, models.get()));
    server.createContext("/v1/completions", exchange -> send(exchange, completions.get()));
    server.start();
    OpenAiPolicyBackend backend = new OpenAiPolicyBackend(new Characters.Service(), name -> null);
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    Settings settings = Settings.of("test", backend.settings(), Map.of("url", url, "retries", "0"));
    List<String> words =
        List.of(
            "\"token_ids\": [1e99],", "\"token_ids\": [[]],", "\"choices\": [{}]", "\"text\": []");
    List<GenerationRequest> request =
        List.of(new GenerationRequest(new int[] {5, 6}, 2, Sampling.at(1, 3), 1));
    try {
      models.set(MODELS.getBytes(StandardCharsets.UTF_8));
      try (Policy policy = backend.open(Path.of("."), settings)) {
        Fuzz.ofTexts(List.of(COMPLETIONS), words)
            .allowing(UserException.class)
            .run(
                answer -> {
                  completions.set(answer);
                  policy.generate(request);
                });
      }
      Fuzz.ofTexts(List.of(MODELS), List.of("\"id\": []", "[null]", "\"data\": {}"))
          .allowing(UserException.class)
          .oneIn(4)
          .run(
              answer -> {
                models.set(answer);
                backend.open(Path.of("."), settings).close();
              });
    } finally {
      server.stop(0);
    }
  }
}
