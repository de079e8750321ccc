package io.lanpo.assembly;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.RepositoryUtils;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.io.xpp3.MavenXpp3Writer;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Component;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.ArtifactTypeRegistry;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.DependencyCollectionException;
import org.eclipse.aether.graph.DependencyNode;
import org.jspecify.annotations.NullUnmarked;

/**
 * The goal of a release that writes the libraries of the product as the dependencies of a POM, from
 * which others list them: no project has them all as its own, as features list bundles and bundles
 * take libraries in.
 */
@Mojo(name = "libraries", threadSafe = true)
@NullUnmarked // Maven sets the fields
public final class LibrariesMojo extends AbstractMojo {
  @Parameter(defaultValue = "${project}", readonly = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true)
  private MavenSession session;

  @Component private RepositorySystem repositories;

  /** The folder with the feature files. */
  @Parameter(required = true)
  private File folder;

  /** The file that names every library of the product, and nothing else. */
  @Parameter(required = true)
  private File notice;

  /** The POM that is written. */
  @Parameter(defaultValue = "${project.build.directory}/libraries/pom.xml")
  private File pom;

  @Override
  public void execute() throws MojoFailureException {
    try {
      Features features = new FeatureFiles(this::property).read(folder.toPath(), List.of());
      List<Artifact> libraries =
          new Libraries(notice.toPath()).among(listed(features), used(features));
      Files.createDirectories(pom.toPath().getParent());
      try (Writer out = Files.newBufferedWriter(pom.toPath())) {
        new MavenXpp3Writer().write(out, Libraries.project(libraries, project));
      }
    } catch (AssemblyException | DependencyCollectionException e) {
      throw new MojoFailureException(e.getMessage(), e);
    } catch (IOException e) {
      throw new MojoFailureException("the libraries cannot be listed: " + e, e);
    }
  }

  /** The bundles of others. */
  private List<Artifact> listed(Features features) {
    List<Artifact> listed = new ArrayList<>();
    for (ListedBundle bundle : features.bundles()) {
      Coordinates id = bundle.id();
      if (!id.group().equals(project.getGroupId())) {
        listed.add(new DefaultArtifact(id.group(), id.artifact(), "jar", id.version()));
      }
    }
    return listed;
  }

  /** What the project's own bundles are compiled with, some of which they take in. */
  private List<Artifact> used(Features features) throws DependencyCollectionException {
    Set<String> own =
        features.bundles().stream().map(b -> b.id().artifact()).collect(Collectors.toSet());
    List<Artifact> used = new ArrayList<>();
    for (MavenProject bundle : session.getAllProjects()) {
      if (own.contains(bundle.getArtifactId())) {
        add(
            repositories
                .collectDependencies(session.getRepositorySession(), request(bundle))
                .getRoot(),
            used);
      }
    }
    return used;
  }

  /** Without the other bundles of this project, which need not be built now. */
  private CollectRequest request(MavenProject bundle) {
    ArtifactTypeRegistry types = session.getRepositorySession().getArtifactTypeRegistry();
    CollectRequest request = new CollectRequest();
    request.setRepositories(project.getRemoteProjectRepositories());
    for (Dependency dependency : bundle.getDependencies()) {
      if (!dependency.getGroupId().equals(project.getGroupId())
          && !"test".equals(dependency.getScope())) {
        request.addDependency(RepositoryUtils.toDependency(dependency, types));
      }
    }
    for (Dependency managed : bundle.getDependencyManagement().getDependencies()) {
      request.addManagedDependency(RepositoryUtils.toDependency(managed, types));
    }
    return request;
  }

  private static void add(DependencyNode node, List<Artifact> used) {
    if (node.getArtifact() != null) {
      used.add(node.getArtifact());
    }
    node.getChildren().forEach(child -> add(child, used));
  }

  private Optional<String> property(String name) {
    return name.equals("project.version")
        ? Optional.of(project.getVersion())
        : Optional.ofNullable(project.getProperties().getProperty(name));
  }
}
