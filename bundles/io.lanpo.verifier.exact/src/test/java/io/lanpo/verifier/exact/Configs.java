package io.lanpo.verifier.exact;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;

/** Makes a configuration from its defaults, as declarative services do. */
final class Configs {
  private Configs() {}

  static ExactVerifier.Config with(Map<String, Object> options) {
    return (ExactVerifier.Config)
        Proxy.newProxyInstance(
            Configs.class.getClassLoader(),
            new Class<?>[] {ExactVerifier.Config.class},
            (proxy, method, args) ->
                options.getOrDefault(
                    method.getName(), Objects.requireNonNull(method.getDefaultValue())));
  }
}
