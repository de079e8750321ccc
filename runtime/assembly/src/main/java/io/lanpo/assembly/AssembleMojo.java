package io.lanpo.assembly;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Component;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.NullUnmarked;

/** The goal of the build that turns the features into the product. */
@Mojo(name = "assemble", threadSafe = true)
@NullUnmarked // Maven sets the fields
public final class AssembleMojo extends AbstractMojo {
  private static final long LOOK_MILLIS = 100;

  @Parameter(defaultValue = "${project}", readonly = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true)
  private MavenSession session;

  @Component private RepositorySystem repositories;

  /** The folder with the feature files. */
  @Parameter(required = true)
  private File folder;

  /**
   * Names of the features that the product consists of. If there are none: those that it consists
   * of already, where a part of the project is built; else all of the folder.
   */
  @Parameter(property = "lanpo.features")
  private List<String> features;

  /** The folder with the bundles of this project, each in the folder of its name. */
  @Parameter(required = true)
  private File bundles;

  /** The folder that the product is written to. */
  @Parameter(defaultValue = "${project.build.directory}/lanpo")
  private File product;

  @Override
  public void execute() throws MojoFailureException {
    try {
      Features asked = new FeatureFiles(this::property).read(folder.toPath(), chosen());
      if (session.isParallel()) {
        awaitBundles();
      }
      BundleJars jars =
          new BundleJars(
              project.getGroupId(), bundles.toPath(), repositories, session, project, getLog());
      Path launcher = project.getArtifact().getFile().toPath();
      Assembly.write(ProductPlan.of(asked, jars.find(asked.bundles())), launcher, product.toPath());
    } catch (AssemblyException e) {
      throw new MojoFailureException(e.getMessage(), e);
    } catch (IOException e) {
      throw new MojoFailureException("the product cannot be written: " + e, e);
    }
  }

  /**
   * In a parallel build the bundles are built beside this project: Maven cannot know that it needs
   * them, as features list them and no dependencies.
   */
  private void awaitBundles() throws MojoFailureException {
    List<MavenProject> beside =
        session.getProjects().stream()
            .filter(p -> p.getBasedir().toPath().startsWith(root()))
            .toList();
    try {
      while (beside.stream().anyMatch(p -> session.getResult().getBuildSummary(p) == null)) {
        if (session.getResult().hasExceptions()) {
          throw new MojoFailureException("a bundle was not built; the reason is above or below");
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoFailureException("interrupted while bundles were built", e);
    }
  }

  private Path root() {
    return bundles.toPath().toAbsolutePath().normalize();
  }

  private List<String> chosen() throws IOException {
    boolean part = session.getProjects().size() < session.getAllProjects().size();
    return features.isEmpty() && part ? Assembly.features(product.toPath()) : features;
  }

  private Optional<String> property(String name) {
    return name.equals("project.version")
        ? Optional.of(project.getVersion())
        : Optional.ofNullable(project.getProperties().getProperty(name));
  }
}
