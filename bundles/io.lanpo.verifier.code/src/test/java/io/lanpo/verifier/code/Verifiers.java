package io.lanpo.verifier.code;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** Makes verifiers from options and defaults, as declarative services do, and problems for them. */
final class Verifiers {
  private Verifiers() {}

  static CodeVerifier of(Map<String, Object> options, Tools tools) {
    CodeVerifier.Config config =
        (CodeVerifier.Config)
            Proxy.newProxyInstance(
                Verifiers.class.getClassLoader(),
                new Class<?>[] {CodeVerifier.Config.class},
                (proxy, method, args) ->
                    options.getOrDefault(
                        method.getName().replace("$_$", "-"),
                        Objects.requireNonNull(method.getDefaultValue())));
    return new CodeVerifier(config, options, tools);
  }

  /** A verifier; where no sandbox works the test is skipped and says so. */
  static CodeVerifier orSkip(Map<String, Object> options) {
    try {
      return of(options, Tools.ofHost());
    } catch (UserException e) {
      return Assumptions.abort("NOT TESTED, programs cannot be run here: " + e.getMessage());
    }
  }

  static Problem problem(String entryPoint, String... tests) {
    JsonObject key = new JsonObject();
    JsonArray array = new JsonArray();
    for (String test : tests) {
      array.add(test);
    }
    key.add("tests", array);
    key.addProperty("entry_point", entryPoint);
    return problem(key.toString());
  }

  static Problem problem(String key) {
    return new Problem(new Question("p1", "?"), new AnswerKey(key), Map.of());
  }

  static Response program(String text) {
    return new Response("Here it is:\n```python\n" + text + "\n```\n", true);
  }

  static Verdict.Scored scored(CodeVerifier verifier, Problem problem, Response response) {
    Verdict verdict = verifier.verify(problem, response);
    return assertInstanceOf(Verdict.Scored.class, verdict, verdict::explanation);
  }
}
