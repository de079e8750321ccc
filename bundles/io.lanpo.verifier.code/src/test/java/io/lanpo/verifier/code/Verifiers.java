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
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** Makes verifiers from options and defaults, as declarative services do, and problems for them. */
final class Verifiers {
  private Verifiers() {}

  static CodeVerifier of(Map<String, Object> options, Tools tools) {
    return new CodeVerifier(config(options), options, tools);
  }

  static CodeVerifier.Config config(Map<String, Object> options) {
    return (CodeVerifier.Config)
        Proxy.newProxyInstance(
            Verifiers.class.getClassLoader(),
            new Class<?>[] {CodeVerifier.Config.class},
            (proxy, method, args) ->
                options.getOrDefault(
                    method.getName().replace("$_$", "-"),
                    Objects.requireNonNull(method.getDefaultValue())));
  }

  /**
   * A verifier; where the machine has no bubblewrap, or allows it no namespaces, the test is
   * skipped and says so. Anything else that keeps the verifier from coming up is a mistake.
   */
  static CodeVerifier orSkip(Map<String, Object> options) {
    Tools host = Tools.ofHost();
    try {
      return of(options, host);
    } catch (UserException e) {
      if (host.needed().stream().allMatch(Files::isExecutable) && startsAtAll(host)) {
        throw e;
      }
      return Assumptions.abort("NOT TESTED, programs cannot be run here: " + e.getMessage());
    }
  }

  /** Whether this machine lets bubblewrap make namespaces, whatever becomes of our use of it. */
  private static boolean startsAtAll(Tools host) {
    List<String> command =
        new ArrayList<>(
            List.of(host.bubblewrap().toString(), "--unshare-all", "--ro-bind", "/", "/", "true"));
    if (host.root()) {
      String user = Integer.toString(host.user());
      command.addAll(
          0,
          List.of(
              host.setpriv().toString(), "--reuid=" + user, "--regid=" + user, "--clear-groups"));
    }
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
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
