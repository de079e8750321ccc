package io.lanpo.experiment;

import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.api.experiment.Experiment;
import io.lanpo.api.experiment.ExperimentRequest;
import io.lanpo.api.experiment.Experiments;
import io.lanpo.api.train.Installation;
import io.lanpo.api.train.TrainingService;
import io.lanpo.experiment.plan.ExperimentFile;
import io.lanpo.libs.files.ConfigurationFolder;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The experiments of the folder of configurations. Files are read when they are asked for. */
@Component
public final class ExperimentManager implements Experiments {
  private static final String PREFIX = "experiment~";

  private final TrainingService training;
  private final Installation installation;
  private final ConfigurationFolder files;

  /**
   * @param context knows the folders of the installation
   */
  @Activate
  public ExperimentManager(BundleContext context, @Reference TrainingService training) {
    this.training = training;
    this.installation = Installation.of(context::getProperty);
    this.files = new ConfigurationFolder(installation.configs(), PREFIX);
  }

  @Override
  public List<String> names() {
    return files.names();
  }

  @Override
  public Experiment open(ExperimentRequest request) {
    List<String> known = names();
    if (!known.contains(request.name())) {
      throw new UserException(
          "there is no experiment named %s".formatted(request.name()),
          Names.suggestion(request.name(), known)
              + " Experiments are the files %s.".formatted(files.file("NAME")));
    }
    ExperimentFile file = ExperimentFile.read(files.file(request.name()), request.name());
    return ExperimentRunner.of(file, request, training, installation);
  }
}
