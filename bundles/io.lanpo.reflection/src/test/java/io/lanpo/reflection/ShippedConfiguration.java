package io.lanpo.reflection;

import io.lanpo.libs.template.Format;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** Makes a strategy from a configuration, as declarative services do. */
final class ShippedConfiguration {
  private ShippedConfiguration() {}

  /** A strategy from a file that the platform ships. */
  static TemplateReflection strategy(String name) throws IOException {
    return strategy(Path.of("../../configs"), name);
  }

  /** A strategy that an experiment brings. */
  static TemplateReflection ofExperiment(String name) throws IOException {
    return strategy(Path.of("../../integration-tests/experiments", name), name);
  }

  private static TemplateReflection strategy(Path folder, String name) throws IOException {
    Path file = folder.resolve("io.lanpo.reflection.template~" + name + ".cfg");
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    Map<String, Object> properties = new HashMap<>();
    read.forEach((key, value) -> properties.put(key.toString(), value));
    properties.put("felix.fileinstall.filename", "file:" + file);
    return strategy(properties);
  }

  static TemplateReflection strategy(Map<String, Object> properties) {
    TemplateReflection.Config config =
        (TemplateReflection.Config)
            Proxy.newProxyInstance(
                ShippedConfiguration.class.getClassLoader(),
                new Class<?>[] {TemplateReflection.Config.class},
                (proxy, method, args) -> value(method, properties));
    return new TemplateReflection(config, properties);
  }

  private static Object value(Method method, Map<String, Object> properties) {
    Object value = properties.get(method.getName().replace("$_$", "-"));
    if (value == null) {
      return method.getDefaultValue();
    }
    if (method.getReturnType() == int.class) {
      return Integer.valueOf(value.toString());
    }
    if (method.getReturnType() == SolutionForm.class) {
      return SolutionForm.valueOf(value.toString());
    }
    return method.getReturnType() == Format.class ? Format.valueOf(value.toString()) : value;
  }
}
