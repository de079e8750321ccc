package io.lanpo.verifier.exact;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;

/** Makes a verifier from options and defaults, as declarative services do. */
final class Configs {
  private Configs() {}

  static ExactVerifier verifier(Map<String, Object> options) {
    ExactVerifier.Config config =
        (ExactVerifier.Config)
            Proxy.newProxyInstance(
                Configs.class.getClassLoader(),
                new Class<?>[] {ExactVerifier.Config.class},
                (proxy, method, args) ->
                    options.getOrDefault(
                        method.getName().replace("$_$", "-"),
                        Objects.requireNonNull(method.getDefaultValue())));
    return new ExactVerifier(config);
  }
}
