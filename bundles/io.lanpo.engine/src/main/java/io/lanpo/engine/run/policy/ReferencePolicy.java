package io.lanpo.engine.run.policy;

import io.lanpo.api.component.UserException;
import io.lanpo.api.objective.Objective;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Scorer;
import io.lanpo.api.policy.Sequence;
import io.lanpo.engine.run.folder.CheckpointRecord;
import io.lanpo.engine.run.preparation.PreparedRun;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policy that a KL penalty goes by: the one before the first step, or, where the objective has
 * it renewed every so many steps, the policy under training as it was after the last step that this
 * number divides. A renewed one is a policy of its own, opened from a folder {@code reference} in
 * that of the run; each checkpoint keeps the folder as it was then, so that a run goes on with the
 * same bits.
 */
public final class ReferencePolicy implements Scorer, AutoCloseable {
  private static final String FOLDER = "reference";

  private final InitialPolicy initial;
  private final int every;
  private final Path folder;
  private FrozenWeights weights;
  private boolean renewed;

  private ReferencePolicy(InitialPolicy initial, int every, Path folder, FrozenWeights weights) {
    this.initial = initial;
    this.every = every;
    this.folder = folder;
    this.weights = weights;
  }

  /**
   * The reference of a run that begins or goes on.
   *
   * @param learning the policy under training, which may have its initial weights still
   * @param checkpoint that the run goes on from; null for one that begins
   * @return null when the run's objective needs none
   * @throws UserException when the checkpoint lacks the reference
   */
  public static @Nullable ReferencePolicy open(
      InitialPolicy initial,
      PreparedRun run,
      Policy learning,
      @Nullable CheckpointRecord checkpoint) {
    Objective.Learning objective = run.learning().objective().instance();
    if (!objective.needsReference()) {
      return null;
    }
    int every = objective.referenceRefresh();
    Path folder = run.folder().path().resolve(FOLDER);
    if (every == 0 || checkpoint == null || checkpoint.step() < every) {
      return new ReferencePolicy(initial, every, folder, initial.openReference(learning));
    }
    Path kept = run.folder().checkpoints().folder(checkpoint.folder()).resolve(FOLDER);
    if (!Files.isDirectory(kept)) {
      throw new UserException(
          "%s is missing: the reference policy as it was at step %d"
              .formatted(kept, checkpoint.step()),
          "Bring the folder back, or go on from another checkpoint.");
    }
    copy(kept, folder);
    ReferencePolicy reference =
        new ReferencePolicy(initial, every, folder, FrozenWeights.of(initial.openTraining(folder)));
    reference.renewed = true;
    return reference;
  }

  /**
   * Renews it where its turn has come; for the thread that the policy under training is used by.
   */
  public void afterStep(int step, Policy learning) {
    if (every == 0 || step % every != 0) {
      return;
    }
    learning.save(folder);
    weights.close();
    weights = FrozenWeights.of(initial.openTraining(folder));
    renewed = true;
  }

  /** Keeps it with a checkpoint, where it is not the policy before the first step. */
  public void keep(Path checkpoint) {
    if (renewed) {
      copy(folder, checkpoint.resolve(FOLDER));
    }
  }

  private static void copy(Path from, Path to) {
    try {
      FileTree.delete(to);
      FileTree.copy(from, to);
    } catch (IOException e) {
      throw new UserException(
          "cannot copy the reference policy from %s to %s: %s".formatted(from, to, e.getMessage()),
          "See that the disk has room and that the folder may be written.",
          e);
    }
  }

  @Override
  public List<float[]> logProbs(List<Sequence> sequences, double temperature) {
    return weights.logProbs(sequences, temperature);
  }

  @Override
  public void close() {
    weights.close();
  }
}
