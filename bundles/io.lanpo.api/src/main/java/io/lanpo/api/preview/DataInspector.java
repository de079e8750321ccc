package io.lanpo.api.preview;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/** Looks at a file of data that nobody has told anything about. */
@ProviderType
public interface DataInspector {
  /** What stands for no layout, as in a run's configuration. */
  String NO_LAYOUT = "none";

  /**
   * Reads a file once and says how it could be read as problems.
   *
   * @param layout the published layout that it has, {@link #NO_LAYOUT} for none; empty to find out
   * @throws io.lanpo.api.component.UserException when it is missing, damaged, empty or of an
   *     unknown format, or is not laid out as is said
   */
  DataReport inspect(Path file, String layout);
}
