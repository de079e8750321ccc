/**
 * What objectives are made of: {@linkplain io.lanpo.libs.objective.Advantages advantages},
 * {@linkplain io.lanpo.libs.objective.Rewards rewards} with {@linkplain
 * io.lanpo.libs.objective.OverlongPenalty penalties} {@linkplain io.lanpo.libs.objective.KlReward
 * taken off}, {@linkplain io.lanpo.libs.objective.Clip bounds of the ratio}, losses of a
 * {@linkplain io.lanpo.libs.objective.SequenceRatio sequence's ratio} and with a {@linkplain
 * io.lanpo.libs.objective.PenalisedLoss KL penalty}, {@linkplain io.lanpo.libs.objective.Normaliser
 * what a loss is averaged over}, {@linkplain io.lanpo.libs.objective.StepUpdates the updates of a
 * step} in {@linkplain io.lanpo.libs.objective.MiniBatches mini-batches}, {@linkplain
 * io.lanpo.libs.objective.ImportanceCorrection importance weights}, {@linkplain
 * io.lanpo.libs.objective.ContextDistillation context distillation} and {@linkplain
 * io.lanpo.libs.objective.Replay replay}.
 */
@NullMarked
@Export
@Version("1.1.0")
package io.lanpo.libs.objective;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
