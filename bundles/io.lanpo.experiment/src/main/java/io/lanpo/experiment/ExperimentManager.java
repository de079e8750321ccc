package io.lanpo.experiment;

import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.api.experiment.Experiment;
import io.lanpo.api.experiment.ExperimentRequest;
import io.lanpo.api.experiment.Experiments;
import io.lanpo.api.train.TrainingService;
import io.lanpo.experiment.plan.ExperimentFile;
import io.lanpo.experiment.run.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The experiments of the folder of configurations. Files are read when they are asked for. */
@Component
public final class ExperimentManager implements Experiments {
  private static final String PREFIX = "experiment~";
  private static final String SUFFIX = ".cfg";

  private final TrainingService training;
  private final Installation platform;

  /**
   * @param context knows the folders of the installation
   */
  @Activate
  public ExperimentManager(BundleContext context, @Reference TrainingService training) {
    this(training, Installation.of(name -> context.getProperty(name)));
  }

  ExperimentManager(TrainingService training, Installation platform) {
    this.training = training;
    this.platform = platform;
  }

  @Override
  public List<String> names() {
    if (!Files.isDirectory(platform.configs())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(platform.configs())) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.startsWith(PREFIX) && n.endsWith(SUFFIX))
          .map(n -> n.substring(PREFIX.length(), n.length() - SUFFIX.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Experiment open(ExperimentRequest request) {
    List<String> known = names();
    if (!known.contains(request.name())) {
      throw new UserException(
          "there is no experiment named %s".formatted(request.name()),
          Names.suggestion(request.name(), known)
              + " Experiments are the files %s.".formatted(file("NAME")));
    }
    ExperimentFile file = ExperimentFile.read(file(request.name()), request.name());
    return ExperimentRunner.of(file, request, training, platform);
  }

  private Path file(String name) {
    return platform.configs().resolve(PREFIX + name + SUFFIX);
  }
}
