package io.lanpo.bench.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.bench.Benchmark.Figure;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.bench.measure.Fixed;
import io.lanpo.bench.measure.Heard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierBenchmarkTest {
  private final Fixed installed = new Fixed().with(Verifier.class, "math", new Same());

  @TempDir Path folder;

  @AfterEach
  void everythingIsGivenBack() {
    assertFalse(Thread.interrupted());
    assertEquals(0, installed.inUse());
  }

  private List<Figure> run(Heard heard, Map<String, String> values) {
    VerifierBenchmark benchmark = new VerifierBenchmark(installed);
    return benchmark.run(Settings.of("test", benchmark.settings(values), values), heard);
  }

  @Test
  void measuresRateAndLatency() {
    Heard heard = new Heard();
    List<Figure> figures = run(heard, Map.of("quick", "true", "threads", "1"));
    assertEquals(List.of("math", "math, one case"), figures.stream().map(Figure::name).toList());
    Map<String, Double> details = figures.get(0).details();
    assertTrue(figures.get(0).value() > 0);
    assertEquals(1, details.get("threads"));
    assertTrue(details.get("cases") > 100, details.toString());
    double p99 = figures.get(1).details().get("p99");
    assertTrue(p99 >= figures.get(1).value() && p99 <= figures.get(1).details().get("max"));
    assertEquals(
        List.of("verifier: math, warming up", "verifier: math"),
        heard.phases().stream().distinct().toList());
    assertEquals(2, heard.all().get(heard.all().size() - 1).done());
  }

  @Test
  void casesOfAFile() throws IOException {
    Path cases = folder.resolve("cases.jsonl");
    Files.writeString(
        cases,
        """
        {"id": "a", "gold": "1", "prediction": "1"}
        {"id": "b", "gold": {"tests": []}, "prediction": "2"}

        """);
    Map<String, String> settings = Map.of("quick", "true", "cases", cases.toString());
    Figure figure = run(new Heard(), settings).get(0);
    assertEquals(2, figure.details().get("cases"));
    assertEquals(0.5, figure.details().get("accepted"));
    Files.writeString(cases, "{\"gold\": \"1\", \"prediction\": \"1\"}\n{\"gold\": \"1\"}\n");
    UserException wrong = assertThrows(UserException.class, () -> run(new Heard(), settings));
    assertEquals(cases + ", line 2: there is no \"prediction\"", wrong.getMessage());
  }

  @Test
  void aProcessMayStandBeside() {
    List<Figure> figures =
        run(new Heard(), Map.of("quick", "true", "beside", "sleep 0.01", "threads", "1"));
    assertEquals("start of sleep 0.01", figures.get(2).name());
    assertTrue(figures.get(2).value() >= 10, figures.get(2).toString());
    UserException wrong =
        assertThrows(
            UserException.class, () -> run(new Heard(), Map.of("beside", "no-such-program-here")));
    assertTrue(wrong.toString().contains("beside = no-such-program-here"), wrong.toString());
  }

  @Test
  void anInterruptionEndsIt() {
    List<Figure> figures = run(new Heard("verifier: math"), Map.of());
    assertTrue(Thread.interrupted(), "the interrupt status is kept");
    assertEquals(List.of(), figures);
  }

  /** Right is what is the same. */
  private static final class Same implements Verifier {
    @Override
    public Verdict verify(Problem problem, Response response) {
      boolean right = problem.key().text().equals(response.text());
      return new Verdict.Scored(right ? 1 : 0, "");
    }

    @Override
    public Response goldResponse(Problem problem) {
      return new Response(problem.key().text(), true);
    }
  }
}
