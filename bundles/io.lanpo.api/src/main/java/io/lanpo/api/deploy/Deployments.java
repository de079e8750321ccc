package io.lanpo.api.deploy;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Knows what the watched folders hold, and tries bundles. */
@ProviderType
public interface Deployments {
  /** The last outcome for each file that is there, by name. */
  List<Deployment> deployments();

  /**
   * Tries a bundle as if it were deployed and takes it back. What it would replace is not touched.
   *
   * @param jar the bundle
   * @return {@link Deployment.State#ACTIVE} when it could be deployed; otherwise the reason
   */
  Deployment trial(Path jar);
}
