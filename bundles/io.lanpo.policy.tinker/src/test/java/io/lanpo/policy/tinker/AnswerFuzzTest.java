package io.lanpo.policy.tinker;

import com.sun.net.httpserver.HttpExchange;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.fuzz.Fuzz;
import io.lanpo.libs.http.Answer;
import io.lanpo.policy.tinker.protocol.ProtobufBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a training server answers, it is understood, or refused with the server's address. */
@Tag("full")
class AnswerFuzzTest {
  private static final Path MODEL = Path.of("../../integration-tests/peers/fixtures/llama");
  private static final AdamW OPTIMIZER = new AdamW(0.01, 0.9, 0.999, 1e-8, 0, 1);
  private static final Sequence SEQUENCE = new Sequence(new int[] {5, 6, 7}, new int[] {8, 9, 10});
  private static final String PROTOBUF = "application/x-protobuf";

  private volatile byte[] answer = {};
  private volatile String type = Answer.JSON;

  /** The answer in place of each of some verb. */
  private boolean strike(HttpExchange exchange, String verb, String wanted) throws IOException {
    if (!verb.equals(wanted)) {
      return false;
    }
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    return true;
  }

  private static byte[] samples() {
    ProtobufBuilder one =
        new ProtobufBuilder()
            .number(1, 1)
            .integers(2, new int[] {8, 9, 2})
            .floats(3, 0, new float[] {-1, -2, -3});
    return new ProtobufBuilder().message(1, one).message(1, one).toBytes();
  }

  private static byte[] scores() {
    ProtobufBuilder data = new ProtobufBuilder().floats(1, 0, new float[] {-1, -2, -3, -4, -5});
    data.longs(2, new int[] {0, 5 * Float.BYTES}).number(3, 1);
    ProtobufBuilder field = new ProtobufBuilder().text(1, "logprobs").message(2, data);
    return new ProtobufBuilder().message(2, new ProtobufBuilder().message(2, field)).toBytes();
  }

  private static void everything(Policy policy) {
    policy.generate(List.of(new GenerationRequest(new int[] {5, 4}, 2, Sampling.at(1, 3), 1)));
    policy.logProbs(List.of(SEQUENCE), 1);
    TrainingExample example = TrainingExample.supervised(SEQUENCE, new float[] {1, 1, 1});
    policy.update(
        List.of(new LossTerm("sft", new Loss.CrossEntropy(), List.of(example))), OPTIMIZER);
  }

  private void fuzz(String verb, String media, List<byte[]> sound, FaultyServer server) {
    Map<String, String> settings =
        Map.of("url", server.url(), "retries", "0", "timeout", "2", "request-timeout", "2");
    server.fault((exchange, asked, time) -> false);
    Fuzz.of(sound, List.of("\"logprobs\"", "\"metrics\":{}", "\"type\":\"try_again\""))
        .allowing(UserException.class)
        .oneIn(8)
        .run(
            input -> {
              server.fault((exchange, asked, time) -> false);
              try (Policy policy = Scenario.backend().open(MODEL, Scenario.settings(settings))) {
                answer = input;
                type = media;
                server.fault((exchange, asked, time) -> strike(exchange, asked, verb));
                everything(policy);
              }
            });
  }

  private static List<byte[]> texts(String... texts) {
    return Arrays.stream(texts).map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }

  @Test
  void folders(@TempDir Path folder) throws IOException {
    byte[] pointer =
        "{\"server\":\"http://x\",\"baseModel\":\"m\",\"loraRank\":4,\"weights\":\"tinker://w\",\"version\":3}"
            .getBytes(StandardCharsets.UTF_8);
    for (String name : List.of("config.json", "generation_config.json", ModelFolder.POINTER)) {
      Path sound = MODEL.resolve(name);
      Fuzz.of(
              List.of(Files.exists(sound) ? Files.readAllBytes(sound) : pointer),
              List.of("\"eos_token_id\": [1, null],", "\"text_config\": {},"))
          .allowing(UserException.class)
          .run(
              content -> {
                Files.write(folder.resolve(name), content);
                ModelFolder read = ModelFolder.of(folder);
                read.family();
                read.context();
                read.ends();
                read.pointer();
              });
      Files.delete(folder.resolve(name));
    }
  }

  @Test
  void answers() throws IOException {
    try (FaultyServer server = new FaultyServer()) {
      fuzz("retrieve_future", PROTOBUF, List.of(samples(), scores()), server);
      fuzz(
          "retrieve_future",
          Answer.JSON,
          texts(
              "{\"sequences\":[{\"tokens\":[8,9],\"logprobs\":[-1,-2],\"stop_reason\":\"stop\"}]}",
              "{\"loss_fn_outputs\":[{\"logprobs\":{\"data\":[-1,-2],\"shape\":[2],\"dtype\":\"float32\"}}],"
                  + "\"metrics\":{\"grad_norm\":1}}",
              "{\"path\":\"tinker://m/weights/w\",\"sampling_session_id\":\"x\"}"),
          server);
      fuzz("asample", Answer.JSON, texts("{\"request_id\":\"3\",\"model_id\":\"m\"}"), server);
    }
  }
}
