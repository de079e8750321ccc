package io.lanpo.api.preview;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes the checks that come before a run, without the run. Values are those of a configuration
 * with some of them replaced, as when a run is started with {@code --set}.
 *
 * <p>Every method throws {@link io.lanpo.api.component.UserException} for what would keep a run
 * from starting, except for problems that a run could leave out and memory that it lacks.
 */
@ProviderType
public interface RunPreviews {
  /** The model that the configuration names; its files are looked at, its weights not loaded. */
  ModelPreview model(String configuration, Map<String, String> values);

  /**
   * The problems, each gold answer judged.
   *
   * @param solutions texts whose lengths are to be told in the model's tokens
   */
  TaskPreview task(String configuration, Map<String, String> values, List<String> solutions);

  /** The memory; gold answers are not judged. */
  MemoryPreview memory(String configuration, Map<String, String> values);
}
