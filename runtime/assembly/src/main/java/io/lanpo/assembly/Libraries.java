package io.lanpo.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Exclusion;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.artifact.Artifact;

/**
 * The libraries that a product ships. {@code NOTICE} says which they are, which a test compares
 * with the product's bytes; the build says in which version.
 *
 * @param notice has a line {@code group:artifact: licence} for each of them
 */
record Libraries(Path notice) {
  private static final Pattern LINE = Pattern.compile("([\\w.-]+:[\\w.-]+): .+");

  /**
   * The artifacts of the libraries, in the order of {@code NOTICE}.
   *
   * @param bundles which are shipped in just this version
   * @param others some of which are shipped inside of bundles
   * @throws AssemblyException when a library is not among them, or in more than one version
   */
  List<Artifact> among(List<Artifact> bundles, List<Artifact> others) throws IOException {
    List<Artifact> found = new ArrayList<>();
    for (String line : Files.readAllLines(notice)) {
      Matcher m = LINE.matcher(line);
      if (m.matches()) {
        Map<String, Artifact> versions = versions(m.group(1), bundles);
        if (versions.isEmpty()) {
          versions = versions(m.group(1), others);
        }
        if (versions.values().stream().map(Artifact::getVersion).distinct().count() != 1) {
          throw new AssemblyException(
              "%s names %s, which the build has %s"
                  .formatted(notice, m.group(1), versions.isEmpty() ? "not" : "as " + versions));
        }
        found.addAll(versions.values());
      }
    }
    return found;
  }

  /** The artifacts of that name by classifier and version. */
  private static Map<String, Artifact> versions(String name, List<Artifact> artifacts) {
    Map<String, Artifact> versions = new TreeMap<>();
    for (Artifact artifact : artifacts) {
      if (name.equals(artifact.getGroupId() + ':' + artifact.getArtifactId())) {
        versions.put(artifact.getClassifier() + ':' + artifact.getVersion(), artifact);
      }
    }
    return versions;
  }

  /** A project that depends on these, and on nothing of what they depend on. */
  static Model project(List<Artifact> libraries, MavenProject product) {
    Model model = new Model();
    model.setModelVersion("4.0.0");
    model.setGroupId(product.getGroupId());
    model.setArtifactId("lanpo");
    model.setVersion(product.getVersion());
    model.setPackaging("pom");
    model.setName("LANPO");
    model.setLicenses(product.getLicenses());
    for (Artifact library : libraries) {
      Dependency dependency = new Dependency();
      dependency.setGroupId(library.getGroupId());
      dependency.setArtifactId(library.getArtifactId());
      dependency.setVersion(library.getVersion());
      dependency.setClassifier(library.getClassifier());
      Exclusion all = new Exclusion();
      all.setGroupId("*");
      all.setArtifactId("*");
      dependency.addExclusion(all);
      model.addDependency(dependency);
    }
    return model;
  }
}
