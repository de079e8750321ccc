package io.lanpo.verifier.composite;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;

/** Makes configurations from options and defaults, as declarative services do. */
final class Configs {
  private Configs() {}

  static <C> C of(Class<C> type, Map<String, Object> options) {
    return type.cast(
        Proxy.newProxyInstance(
            Configs.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) ->
                options.getOrDefault(
                    method.getName(), Objects.requireNonNull(method.getDefaultValue()))));
  }
}
