package io.lanpo.it;

import io.lanpo.it.paxexam.ProductOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A bundle with one reflection strategy, compiled here and now, as somebody may write it: the parts
 * that tests get wrong on purpose can be set.
 */
final class StrategyJar {
  private static final String API = "io.lanpo.api.feedback";
  private static final String CLASS = "it.strategy.Critique";

  private final Path work;
  private String name = "my-critique";
  private String symbolicName = "it.strategy";
  private String version = "1.0.0";
  private String imports = API + ";version=\"[2.0,3)\",io.lanpo.api.task;version=\"[1.0,2)\"";
  private String java = "17";
  private String constructor = "";
  private String marker = "review :";
  private int ranking;
  private Path api;

  /**
   * @param work a folder for classes
   */
  StrategyJar(Path work) {
    this.work = work;
  }

  StrategyJar name(String componentName) {
    name = componentName;
    return this;
  }

  StrategyJar bundle(String bundleName, String bundleVersion) {
    symbolicName = bundleName;
    version = bundleVersion;
    return this;
  }

  StrategyJar alsoImports(String further) {
    imports += "," + further;
    return this;
  }

  StrategyJar imports(String all) {
    imports = all;
    return this;
  }

  StrategyJar java(String feature) {
    java = feature;
    return this;
  }

  /** Statements of the constructor. */
  StrategyJar constructor(String statements) {
    constructor = statements;
    return this;
  }

  /** What stands behind the attempt in the prompt; a way to tell two versions apart. */
  StrategyJar marker(String text) {
    marker = text;
    return this;
  }

  StrategyJar ranking(int value) {
    ranking = value;
    return this;
  }

  /** The jar of the API that it is compiled against; the product's by default. */
  StrategyJar against(Path jar) {
    api = jar;
    return this;
  }

  /** The bytes of the jar. */
  byte[] bytes() throws IOException {
    Path classes = compile();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes, manifest());
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, jar);
        jar.closeEntry();
      }
      jar.putNextEntry(new JarEntry("OSGI-INF/critique.xml"));
      jar.write(component().getBytes(StandardCharsets.UTF_8));
      jar.closeEntry();
    }
    return bytes.toByteArray();
  }

  /** Puts the jar into a folder under a name, by renaming. */
  void into(Path jar) throws IOException {
    Path beside = jar.resolveSibling("." + jar.getFileName() + ".part");
    Files.write(beside, bytes());
    Files.move(beside, jar, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path compile() throws IOException {
    Path source =
        Files.createDirectories(work.resolve("source/it/strategy")).resolve("Critique.java");
    Files.writeString(
        source,
        """
        package it.strategy;

        import io.lanpo.api.feedback.Attempt;
        import io.lanpo.api.feedback.ReflectionStrategy;
        import io.lanpo.api.task.Prompt;
        import io.lanpo.api.task.Question;
        import java.util.Optional;

        public final class Critique implements ReflectionStrategy {
          public Critique() throws Exception { %s }

          @Override
          public Optional<Prompt> reflect(Question question, Attempt attempt) {
            return Optional.of(
                new Prompt.Plain(
                    "problem : " + question.text() + " attempt : " + attempt.text() + " %s"));
          }

          @Override
          public Optional<String> solution(String review) {
            int at = review.lastIndexOf("solution :");
            return at < 0 ? Optional.empty() : Optional.of(review.substring(at + 10).strip());
          }
        }
        """
            .formatted(constructor, marker));
    Path classes = Files.createDirectories(work.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-cp",
            (api == null ? api() : api).toString(),
            "-d",
            classes.toString(),
            "-proc:none");
    boolean good =
        compiler
            .getTask(
                complaints,
                null,
                null,
                options,
                null,
                compiler
                    .getStandardFileManager(null, null, StandardCharsets.UTF_8)
                    .getJavaFileObjects(source))
            .call();
    if (!good) {
      throw new IOException(complaints.toString());
    }
    return classes;
  }

  private static Path api() throws IOException {
    try (Stream<Path> all = Files.walk(ProductOptions.home().resolve("target/lanpo/bundles"))) {
      return all.filter(f -> f.getFileName().toString().matches("io\\.lanpo\\.api-.*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }

  private Manifest manifest() {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Bundle-ManifestVersion", "2");
    headers.put("Bundle-SymbolicName", symbolicName);
    headers.put("Bundle-Version", version);
    headers.put("Import-Package", imports);
    headers.put("Service-Component", "OSGI-INF/critique.xml");
    headers.put(
        "Require-Capability",
        "osgi.extender;filter:=\"(&(osgi.extender=osgi.component)(version>=1.4))\","
            + "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=%s))\"".formatted(java));
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.forEach(manifest.getMainAttributes()::putValue);
    return manifest;
  }

  private String component() {
    List<String> lines = new ArrayList<>();
    lines.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    lines.add(
        "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.4.0\" name=\"%s\">"
            .formatted(CLASS));
    lines.add("<property name=\"lanpo.name\" type=\"String\" value=\"%s\"/>".formatted(name));
    lines.add(
        "<property name=\"service.ranking\" type=\"Integer\" value=\"%d\"/>".formatted(ranking));
    lines.add(
        "<service scope=\"prototype\"><provide interface=\"%s\"/></service>"
            .formatted(API + ".ReflectionStrategy"));
    lines.add("<implementation class=\"%s\"/>".formatted(CLASS));
    lines.add("</scr:component>");
    return String.join("\n", lines);
  }
}
