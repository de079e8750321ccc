package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The archetype gives a project that builds, tests itself and can be deployed. Maven works with a
 * repository of its own here, into which the API and the archetype are put as an installation
 * would, and takes everything else from the one of this build, as far as it is there.
 */
@Timeout(300)
final class ArchetypeIT {
  private static final String VERSION = "0.1.0-SNAPSHOT";

  private static final Path WORK = Path.of("target", "archetype").toAbsolutePath();
  private static final Path CHECKOUT = ProductOptions.home().getParent();

  @BeforeAll
  static void install() throws IOException {
    if (Files.exists(WORK)) {
      try (Stream<Path> files = Files.walk(WORK)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    put("lanpo", CHECKOUT.resolve("pom.xml"), "pom");
    for (String module : List.of("io.lanpo.api", "io.lanpo.example.archetype")) {
      Path folder = CHECKOUT.resolve("bundles").resolve(module);
      put(module, folder.resolve("pom.xml"), "pom");
      put(module, folder.resolve("target/%s-%s.jar".formatted(module, VERSION)), "jar");
    }
    Files.writeString(
        WORK.resolve("settings.xml"),
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

  @Test
  void aGeneratedProjectBuildsToOneJarThatPassesItsTestsInAFramework() throws Exception {
    maven(
        WORK,
        "org.apache.maven.plugins:maven-archetype-plugin:%s:generate"
            .formatted(System.getProperty("archetype.version")),
        "-DarchetypeGroupId=io.lanpo",
        "-DarchetypeArtifactId=io.lanpo.example.archetype",
        "-DarchetypeVersion=" + VERSION,
        "-DarchetypeCatalog=internal",
        "-DgroupId=com.example",
        "-DartifactId=my-critique",
        "-Dpackage=com.example.critique");
    Path project = WORK.resolve("my-critique");
    assertTrue(Files.exists(project.resolve("README.md")));
    String strategy =
        Files.readString(project.resolve("src/main/java/com/example/critique/SecondLook.java"));
    assertTrue(strategy.startsWith("package com.example.critique;"), strategy);
    String said = maven(project, "verify");
    assertTrue(said.contains("SecondLookTest") && said.contains("StrategyIT"), said);
    try (Stream<Path> files = Files.list(project.resolve("target"))) {
      assertEquals(1, files.filter(f -> f.toString().endsWith(".jar")).count());
    }
  }

  private static void put(String artifact, Path file, String type) throws IOException {
    Path folder =
        Files.createDirectories(
            WORK.resolve("repository/io/lanpo").resolve(artifact).resolve(VERSION));
    Files.copy(
        file,
        folder.resolve("%s-%s.%s".formatted(artifact, VERSION, type)),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static String maven(Path folder, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp"));
    command.add("-gs");
    command.add(WORK.resolve("settings.xml").toString());
    command.add("-Dmaven.repo.local=" + WORK.resolve("repository"));
    command.addAll(List.of(words));
    Process maven =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    maven.getOutputStream().close();
    String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, maven.waitFor(), said);
    return said;
  }
}
