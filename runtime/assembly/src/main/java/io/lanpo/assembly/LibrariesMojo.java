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
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.io.xpp3.MavenXpp3Writer;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Component;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.DefaultDependencyResolutionRequest;
import org.apache.maven.project.DependencyResolutionException;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.Dependency;
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

  @Component private ProjectDependenciesResolver resolver;

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
          new Libraries(notice.toPath()).among(listed(features), resolved(features));
      Files.createDirectories(pom.toPath().getParent());
      try (Writer out = Files.newBufferedWriter(pom.toPath())) {
        new MavenXpp3Writer().write(out, Libraries.project(libraries, project));
      }
    } catch (AssemblyException | DependencyResolutionException e) {
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
  private List<Artifact> resolved(Features features) throws DependencyResolutionException {
    Set<String> own =
        features.bundles().stream().map(b -> b.id().artifact()).collect(Collectors.toSet());
    List<Artifact> resolved = new ArrayList<>();
    for (MavenProject bundle : session.getAllProjects()) {
      if (own.contains(bundle.getArtifactId())) {
        DefaultDependencyResolutionRequest request =
            new DefaultDependencyResolutionRequest(bundle, session.getRepositorySession());
        for (Dependency dependency : resolver.resolve(request).getResolvedDependencies()) {
          if (!dependency.getScope().equals("test")) {
            resolved.add(dependency.getArtifact());
          }
        }
      }
    }
    return resolved;
  }

  private Optional<String> property(String name) {
    return name.equals("project.version")
        ? Optional.of(project.getVersion())
        : Optional.ofNullable(project.getProperties().getProperty(name));
  }
}
