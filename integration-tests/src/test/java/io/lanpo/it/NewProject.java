package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A project that Maven makes from the archetype. Maven works with a repository of its own here,
 * into which the API and the archetype are put as an installation would, and takes everything else
 * from the one of this build, as far as it is there.
 */
final class NewProject {
  private static final String VERSION = "0.1.0-SNAPSHOT";
  private static final String PACKAGE = "src/%s/java/com/example/critique/%s.java";

  private final Path work;
  private final Path folder;

  private NewProject(Path work, String name) {
    this.work = work;
    this.folder = work.resolve(name);
  }

  /**
   * Generates one.
   *
   * @param work an empty folder
   */
  static NewProject generate(Path work, String name) throws Exception {
    NewProject project = new NewProject(work, name);
    project.install();
    project.maven(
        work,
        "org.apache.maven.plugins:maven-archetype-plugin:%s:generate"
            .formatted(System.getProperty("archetype.version")),
        "-DarchetypeGroupId=io.lanpo",
        "-DarchetypeArtifactId=io.lanpo.example.archetype",
        "-DarchetypeVersion=" + VERSION,
        "-DarchetypeCatalog=internal",
        "-DgroupId=com.example",
        "-DartifactId=" + name,
        "-Dpackage=com.example.critique");
    // Maven there, whoever starts it, works as here
    Path settings = Files.createDirectory(project.folder.resolve(".mvn"));
    Files.write(settings.resolve("maven.config"), project.options());
    return project;
  }

  Path folder() {
    return folder;
  }

  /** Replaces a text in the strategy and in its test in a framework. */
  void replace(String text, String other) throws IOException {
    for (Path file : List.of(strategy(), folder.resolve(PACKAGE.formatted("test", "StrategyIT")))) {
      Files.writeString(file, Files.readString(file).replace(text, other));
    }
  }

  /**
   * Has an objective in place of the strategy, as {@code docs/tutorial.md} says in section 8.
   *
   * @param code of the class, behind the line of its package
   */
  void becomesObjective(String type, String name, String code) throws IOException {
    replace("SecondLook", type);
    replace("second-look", name);
    Files.delete(folder.resolve(PACKAGE.formatted("test", "SecondLookTest")));
    Files.delete(strategy());
    Files.writeString(
        folder.resolve(PACKAGE.formatted("main", type)),
        "package com.example.critique;\n\n" + code);
  }

  /** The source of the strategy. */
  Path strategy() {
    return folder.resolve(PACKAGE.formatted("main", "SecondLook"));
  }

  /** What {@code mvn verify} says. */
  String verify() throws Exception {
    return maven(folder, "verify");
  }

  /** The one jar that it has built. */
  Path jar() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("target"))) {
      List<Path> jars = files.filter(f -> f.toString().endsWith(".jar")).toList();
      assertEquals(1, jars.size(), jars.toString());
      return jars.get(0);
    }
  }

  private void install() throws IOException {
    Path checkout = ProductOptions.home().getParent();
    put("lanpo", checkout.resolve("pom.xml"), "pom");
    put("bundles", checkout.resolve("bundles/pom.xml"), "pom");
    for (String module :
        List.of("io.lanpo.api", "io.lanpo.libs.objective", "io.lanpo.example.archetype")) {
      Path bundle = checkout.resolve("bundles").resolve(module);
      put(module, bundle.resolve("pom.xml"), "pom");
      put(module, bundle.resolve("target/%s-%s.jar".formatted(module, VERSION)), "jar");
    }
    Files.writeString(
        settings(),
        """
        <settings>
          <profiles><profile>
            <id>built</id>
            <repositories><repository><id>built</id><url>%1$s</url></repository></repositories>
            <pluginRepositories>
              <pluginRepository><id>built</id><url>%1$s</url></pluginRepository>
            </pluginRepositories>
          </profile></profiles>
          <activeProfiles><activeProfile>built</activeProfile></activeProfiles>
        </settings>
        """
            .formatted(Path.of(System.getProperty("maven.repo.local")).toUri()));
  }

  private void put(String artifact, Path file, String type) throws IOException {
    Path place =
        Files.createDirectories(
            work.resolve("repository/io/lanpo").resolve(artifact).resolve(VERSION));
    Files.copy(file, place.resolve("%s-%s.%s".formatted(artifact, VERSION, type)));
  }

  private Path settings() {
    return work.resolve("settings.xml");
  }

  private List<String> options() {
    return List.of(
        "-gs", settings().toString(), "-Dmaven.repo.local=" + work.resolve("repository"));
  }

  private String maven(Path where, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp"));
    command.addAll(options());
    command.addAll(List.of(words));
    Process maven =
        new ProcessBuilder(command).directory(where.toFile()).redirectErrorStream(true).start();
    maven.getOutputStream().close();
    String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, maven.waitFor(), said);
    return said;
  }
}
