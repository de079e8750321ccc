package io.lanpo.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;

/** The jar of a bundle. */
final class TestJar {
  private final Manifest manifest = new Manifest();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  TestJar(String name, String version) {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    header(Constants.BUNDLE_MANIFESTVERSION, "2");
    header(Constants.BUNDLE_SYMBOLICNAME, name);
    header(Constants.BUNDLE_VERSION, version);
  }

  /** A bundle with a task source that is called {@code words}. */
  static TestJar ofWords(String version) throws IOException {
    return new TestJar("words", version).component(Bundled.Words.class, "optional", "words");
  }

  TestJar header(String name, String value) {
    manifest.getMainAttributes().putValue(name, value);
    return this;
  }

  TestJar without(String header) {
    manifest.getMainAttributes().remove(new Attributes.Name(header));
    return this;
  }

  TestJar resource(String path, String text) {
    entries.put(path, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  TestJar activator(Class<?> type) throws IOException {
    return header(Constants.BUNDLE_ACTIVATOR, type.getName())
        .header(Constants.IMPORT_PACKAGE, "org.osgi.framework")
        .type(type);
  }

  /**
   * Adds a component whose PID is {@code a.} and its name.
   *
   * @param policy whether it needs a configuration: optional or require
   */
  TestJar component(Class<?> type, String policy, String name) throws IOException {
    String path = "OSGI-INF/%s.xml".formatted(name);
    return header("Service-Component", path)
        .header(
            Constants.IMPORT_PACKAGE,
            "org.osgi.framework,io.lanpo.api.component,io.lanpo.api.task;version=\"[1,2)\"")
        .type(type)
        .resource(
            path,
            """
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0"
                name="a.%s" configuration-policy="%s">
              <implementation class="%s"/>
              <service><provide interface="io.lanpo.api.task.TaskSource"/></service>
              <property name="lanpo.name" value="%s"/>
            </scr:component>
            """
                .formatted(name, policy, type.getName(), name));
  }

  /** Adds another component of the same class that reads the same PID. */
  TestJar alias(String pid, String name) {
    String listed = manifest.getMainAttributes().getValue("Service-Component");
    String path = "OSGI-INF/%s.xml".formatted(name);
    String first = new String(entries.get(listed), StandardCharsets.UTF_8);
    return header("Service-Component", listed + "," + path)
        .resource(
            path,
            first
                .replaceFirst(
                    "name=\"[^\"]*\"",
                    "name=\"b.%s\" configuration-pid=\"%s\"".formatted(name, pid))
                .replaceFirst("lanpo.name\" value=\"[^\"]*", "lanpo.name\" value=\"" + name));
  }

  /** Adds a class, and those of these tests that it extends. */
  private TestJar type(Class<?> type) throws IOException {
    String path = type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
      entries.put(path, Objects.requireNonNull(in).readAllBytes());
    }
    Class<?> parent = type.getSuperclass();
    return parent != null && parent.getPackage().equals(type.getPackage()) ? type(parent) : this;
  }

  Path write(Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return jar;
  }
}
