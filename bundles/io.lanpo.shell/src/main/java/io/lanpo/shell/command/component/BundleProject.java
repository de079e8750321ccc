package io.lanpo.shell.command.component;

import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The project or jar that a user means by a name.
 *
 * @param name a folder in {@code bundles/}, a folder with a {@code pom.xml}, or a jar
 */
record BundleProject(Installation installation, String name) {
  private static final String POM = "pom.xml";

  /** What a build that does not check style or run tests skips. */
  private static final List<String> QUICK =
      List.of(
          "-B",
          "-ntp",
          "-q",
          "-Dstyle.color=never",
          "-Dmaven.test.skip",
          "-Dspotless.check.skip",
          "package");

  /**
   * The jar.
   *
   * @throws UserException when there is no such project, or it does not build
   */
  Path jar(boolean build) throws InterruptedException {
    Path given = Path.of(name).toAbsolutePath().normalize();
    if (Files.isRegularFile(given) && name.endsWith(".jar")) {
      return given;
    }
    Path bundles = installation.home().resolveSibling("bundles");
    Path ours = bundles.resolve(name);
    boolean own = bundles.equals(ours.getParent()) && Files.isRegularFile(ours.resolve(POM));
    Path project = own ? ours : given;
    boolean found = Files.isRegularFile(project.resolve(POM));
    if (!found && !Files.isDirectory(bundles)) {
      throw new UserException(
          "%s is no project, and this installation has no sources of the platform's bundles"
              .formatted(given),
          "Give a folder with a pom.xml, which Maven builds with a JDK of its own, or a jar. A"
              + " bundle of the platform can be changed in a checkout only.");
    }
    if (!found) {
      throw new UserException(
          "there is no bundle %s: neither %s nor %s is a project".formatted(name, ours, given),
          Names.suggestion(name, folders(bundles)));
    }
    if (build) {
      if (own) {
        // with what it is built on, which Maven would otherwise look for in its repository
        build(bundles.resolveSibling(""), "-pl", "bundles/" + name, "-am");
      } else {
        build(project);
      }
    }
    return newest(project.resolve("target"));
  }

  private void build(Path folder, String... which) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("mvn"));
    command.addAll(QUICK);
    command.addAll(List.of(which));
    try {
      Process maven =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      maven.getOutputStream().close();
      String said = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (maven.waitFor() != 0) {
        throw new UserException(
            "%s does not build, nothing has changed:\n%s".formatted(name, errors(said)),
            "Fix it; 'mvn package' there shows more.");
      }
    } catch (IOException e) {
      throw new UserException(
          "Maven cannot be started: " + e.getMessage(),
          "Put mvn on the PATH, or build the jar yourself and give --no-build.",
          e);
    }
  }

  /** The lines of Maven that say what is wrong with the code. */
  private static String errors(String said) {
    List<String> lines =
        said.lines().filter(l -> l.contains("ERROR") && l.contains(".java")).distinct().toList();
    return String.join("\n", lines.isEmpty() ? said.lines().limit(20).toList() : lines);
  }

  private static Path newest(Path target) {
    try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
      return files
          .filter(f -> f.getFileName().toString().matches(".*(?<!-sources|-javadoc|-tests)\\.jar"))
          .max(Comparator.comparingLong(f -> f.toFile().lastModified()))
          .orElseThrow(
              () ->
                  new UserException(
                      "%s holds no jar".formatted(target), "Build it: leave --no-build out."));
    } catch (IOException e) {
      throw new UserException("%s cannot be read: %s".formatted(target, e), "", e);
    }
  }

  private static List<String> folders(Path bundles) {
    String[] names = bundles.toFile().list();
    return names == null ? List.of() : List.of(names);
  }
}
