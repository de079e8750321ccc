package io.lanpo.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;

/**
 * Where the file of a bundle is: the project's own where it is built ({@code
 * bundles/NAME/target/}), any other one where Maven keeps it, which fetches it if need be.
 *
 * @param group the group of the project's own bundles
 * @param folder the folder of the project's own bundles
 */
record BundleJars(
    String group,
    Path folder,
    RepositorySystem repositories,
    MavenSession session,
    MavenProject project,
    Log log) {

  /**
   * The file of each listed bundle. The project's own need not exist.
   *
   * @throws AssemblyException when Maven does not find one of the others
   */
  Map<Coordinates, Path> find(List<ListedBundle> listed) throws IOException {
    Map<Coordinates, Path> jars = new HashMap<>();
    List<ArtifactRequest> requests = new ArrayList<>();
    for (ListedBundle bundle : listed) {
      Coordinates id = bundle.id();
      if (id.group().equals(group)) {
        jars.put(id, built(id));
      } else {
        Artifact artifact = new DefaultArtifact(id.group(), id.artifact(), "jar", id.version());
        requests.add(new ArtifactRequest(artifact, project.getRemoteProjectRepositories(), null));
      }
    }
    try {
      for (ArtifactResult result :
          repositories.resolveArtifacts(session.getRepositorySession(), requests)) {
        Artifact asked = result.getRequest().getArtifact();
        jars.put(
            new Coordinates(asked.getGroupId(), asked.getArtifactId(), asked.getVersion()),
            result.getArtifact().getFile().toPath());
        fetchPom(asked);
      }
    } catch (ArtifactResolutionException | ArtifactDescriptorException e) {
      throw new AssemblyException(
          "the features list what Maven does not find: " + e.getMessage(), e);
    }
    return jars;
  }

  /** Who checks the licences of a product finds them in the POM and its parents, beside the jar. */
  private void fetchPom(Artifact artifact) throws ArtifactDescriptorException {
    repositories.readArtifactDescriptor(
        session.getRepositorySession(),
        new ArtifactDescriptorRequest(artifact, project.getRemoteProjectRepositories(), null));
  }

  private Path built(Coordinates id) throws IOException {
    Path module = folder.resolve(id.artifact());
    Path jar = module.resolve("target").resolve(id.fileName());
    boolean builtNow =
        session.getProjects().stream().anyMatch(p -> p.getArtifactId().equals(id.artifact()));
    if (!builtNow && Files.isRegularFile(jar) && changedSince(module, jar)) {
      log.warn(
          "bundles/" + id.artifact() + " has changed since its jar was built; it is not built now");
    }
    return jar;
  }

  private static boolean changedSince(Path module, Path jar) throws IOException {
    FileTime built = Files.getLastModifiedTime(jar);
    Path sources = module.resolve("src/main");
    if (!Files.isDirectory(sources)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(sources)) {
      for (Path file : files.toList()) {
        if (Files.getLastModifiedTime(file).compareTo(built) > 0) {
          return true;
        }
      }
    }
    return false;
  }
}
