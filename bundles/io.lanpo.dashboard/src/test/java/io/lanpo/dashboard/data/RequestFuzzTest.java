package io.lanpo.dashboard.data;

import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.dashboard.service.Services;
import io.lanpo.fuzz.Fuzz;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the page is asked, and whatever the logs of a run hold, there is an answer. */
@Tag("full")
class RequestFuzzTest {
  private static final List<String> SOUND =
      List.of(
          "rollouts&run=r&step=1&mode=scratch&verdict=right&page=1&size=10",
          "metrics&run=r&since=0&generation=-1&names=reward,kl",
          "run&run=r",
          "rollouts&run=r&ended=cut&problem=p&text=x&page=2",
          "runs",
          "pool&pool=p&text=2 + 3&page=1&sort=newest",
          "problem&pool=p&id=1",
          "lessons&pool=p&page=2",
          "components");
  private static final List<String> WORDS =
      List.of(
          "&run=..", "&pool=../..", "&page=2147483647", "&size=50", "&text=", "&step=-1", "&&=");
  private static final String ROLLOUT =
      "{\"step\":1,\"mode\":\"scratch\",\"attempt\":\"x\",\"outcome\":\"scored\",\"reward\":1.0}\n";

  @TempDir private Path folder;
  private Endpoints endpoints;

  @BeforeEach
  void aRun() throws IOException {
    Files.writeString(folder.resolve("metrics.jsonl"), "{\"step\":1,\"reward\":0.5}\n");
    Files.writeString(folder.resolve("rollouts.jsonl"), ROLLOUT.repeat(30));
    endpoints = new Endpoints(new OneRun(summary(), folder.resolve("pools")));
  }

  private RunSummary summary() {
    return new RunSummary(
        "r", "c", RunState.RUNNING, 1, 2, Instant.EPOCH, folder, "", Map.of(), Map.of(), null);
  }

  /** A training service with one run, and nothing else. */
  private record OneRun(RunSummary run, Path sharedPools) implements Services {
    @Override
    public <T, R> Optional<R> use(Class<T> type, Function<T, R> use) {
      if (type != TrainingService.class) {
        return Optional.empty();
      }
      Object service =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                if (method.getName().equals("runs")) {
                  return List.of(run);
                }
                if (method.getName().equals("run") && "r".equals(arguments[0])) {
                  return run;
                }
                throw new UserException("there is no such run", "");
              });
      return Optional.of(use.apply(type.cast(service)));
    }

    @Override
    public <T, R> Optional<R> use(Class<T> type, String name, Function<T, R> use) {
      return Optional.empty();
    }
  }

  private void ask(String request) {
    String[] parts = request.split("&", -1);
    Map<String, String> values = new HashMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", 2);
      values.put(pair[0], pair.length > 1 ? pair[1] : "");
    }
    endpoints.json(parts[0], new RequestParameters(values));
  }

  @Test
  void requests() {
    Fuzz.ofTexts(SOUND, WORDS)
        .allowing(UserException.class)
        .run(input -> ask(new String(input, StandardCharsets.UTF_8)));
  }

  @Test
  void logs() {
    Fuzz.ofTexts(
            List.of(
                ROLLOUT.repeat(3), "{\"step\":1,\"a\":{\"b\":[1,2]},\"c\":1e3}\n{\"step\":2}\n"),
            List.of("\"step\":1e99,", "\"reward\":{},", "{\"step\"", "\n", "[1]\n"))
        .allowing(UserException.class)
        .run(
            input -> {
              Files.write(folder.resolve("metrics.jsonl"), input);
              Files.write(folder.resolve("rollouts.jsonl"), input);
              endpoints = new Endpoints(new OneRun(summary(), folder.resolve("pools")));
              ask(SOUND.get(0));
              ask("rollouts&run=r");
              ask(SOUND.get(1));
            });
  }
}
