package io.lanpo.api.policy;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A service that makes policies. Its {@link Setting}s appear in a run's configuration under {@code
 * policy.}; under {@code text.} where it makes a run's second policy, which writes lessons and
 * answers similarity filters.
 */
@ConsumerType
public interface PolicyBackend {
  /** The settings of this backend, without the prefix {@code policy.}. */
  List<Setting<?>> settings();

  /**
   * Whether its policies learn and are saved. One that does not may be evaluated and may be a run's
   * second policy; a run that would train it is refused before it begins.
   */
  default boolean trains() {
    return true;
  }

  /**
   * Whether settings ask for rollouts that are computed more coarsely than a policy of theirs
   * learns, see {@link Policy#rollouts}. A run with them must give completions importance weights.
   *
   * @param settings values for {@link #settings()}
   * @return the setting that does, as {@code key = value}; empty, as by default, if none does
   */
  default Optional<String> roundedRollouts(Settings settings) {
    return Optional.empty();
  }

  /**
   * The values of settings that leave a choice to this backend. A run asks once, before it begins,
   * keeps the answer in place of what was set, and goes on with it when it is resumed, also on a
   * machine that would choose otherwise.
   *
   * @param checkpoint the folder that will be opened; empty for a new policy
   * @param settings values for {@link #settings()}
   * @return none by default
   * @throws io.lanpo.api.component.UserException as {@link #open} does, for what is wrong with the
   *     configuration
   */
  default List<Choice> choices(Optional<Path> checkpoint, Settings settings) {
    return List.of();
  }

  /**
   * A policy with random weights.
   *
   * @param settings values for {@link #settings()}
   * @param tokenizer fixes the vocabulary
   * @param seed fixes the weights
   */
  Policy create(Settings settings, Tokenizer tokenizer, long seed);

  /**
   * The policy of a checkpoint folder, with the optimiser's state if the folder has it.
   *
   * @throws io.lanpo.api.component.UserException when a file is missing, damaged or of an unknown
   *     kind
   */
  Policy open(Path checkpoint, Settings settings);

  /**
   * What a checkpoint folder holds; its weights are not loaded.
   *
   * @param settings values for {@link #settings()}
   * @return empty, as by default, when this backend does not look into folders
   * @throws io.lanpo.api.component.UserException as {@link #open} does, for files that are missing,
   *     damaged or of an unknown kind
   */
  default Optional<ModelFacts> describe(Path checkpoint, Settings settings) {
    return Optional.empty();
  }

  /**
   * The memory that a policy of a checkpoint folder would take; reads its configuration only.
   *
   * @param settings values for {@link #settings()}
   * @param workload the most that is asked of it
   * @return by default an estimate without parts
   * @throws io.lanpo.api.component.UserException as {@link #open} does, for what is wrong with the
   *     configuration
   */
  default MemoryEstimate memory(Path checkpoint, Settings settings, Workload workload) {
    return new MemoryEstimate(List.of());
  }

  /**
   * The memory that the policy of a checkpoint folder would take as a reference, beside a policy in
   * training that began with this folder; see {@link Policy#reference}.
   *
   * @return by default that of a policy more
   * @throws io.lanpo.api.component.UserException as {@link #open} does, for what is wrong with the
   *     configuration
   */
  default MemoryEstimate referenceMemory(Path checkpoint, Settings settings, Workload workload) {
    return memory(checkpoint, settings, workload);
  }

  /**
   * The memory that a new policy would take.
   *
   * @param vocabulary number of tokens
   * @return by default an estimate without parts
   */
  default MemoryEstimate memory(int vocabulary, Settings settings, Workload workload) {
    return new MemoryEstimate(List.of());
  }

  /**
   * What a checkpoint folder says of its model, without its weights being loaded.
   *
   * @param family architecture, e.g. {@code qwen2}
   * @param parameters number of weights
   * @param contextLength longest sequence in tokens
   * @param storedAs types in which the files hold the weights, such as {@code bf16}
   */
  record ModelFacts(String family, long parameters, int contextLength, String storedAs) {}
}
