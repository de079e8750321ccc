package io.lanpo.api.experiment;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Knows the experiments, which are files {@code experiment~NAME.cfg}. */
@ProviderType
public interface Experiments {
  /** Names of the experiments, sorted. */
  List<String> names();

  /**
   * Reads an experiment and checks everything that can be checked before a run begins.
   *
   * @throws io.lanpo.api.component.UserException for a name that does not exist, for a file that is
   *     not allowed, and for runs of this experiment that were not made by it
   */
  Experiment open(ExperimentRequest request);
}
