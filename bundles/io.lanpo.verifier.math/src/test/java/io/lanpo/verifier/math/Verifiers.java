package io.lanpo.verifier.math;

import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;

/** Makes verifiers from options and defaults, as declarative services do, and asks them. */
final class Verifiers {
  private Verifiers() {}

  static MathVerifier of(Map<String, Object> options) {
    MathVerifier.Config config =
        (MathVerifier.Config)
            Proxy.newProxyInstance(
                Verifiers.class.getClassLoader(),
                new Class<?>[] {MathVerifier.Config.class},
                (proxy, method, args) ->
                    options.getOrDefault(
                        method.getName(), Objects.requireNonNull(method.getDefaultValue())));
    return new MathVerifier(config);
  }

  static Verifier profile(String name) {
    return of(Map.of()).withProfile(name);
  }

  static Problem problem(String key) {
    return new Problem(new Question("p1", "?"), new AnswerKey(key), Map.of());
  }

  static Verdict ask(Verifier verifier, String key, String response) {
    return verifier.verify(problem(key), new Response(response, true));
  }

  static Verdict askBoxed(Verifier verifier, String key, String answer) {
    return ask(verifier, key, "\\boxed{" + answer + "}");
  }

  static boolean isRight(Verdict verdict) {
    return verdict instanceof Verdict.Scored scored && scored.reward() == 1;
  }
}
