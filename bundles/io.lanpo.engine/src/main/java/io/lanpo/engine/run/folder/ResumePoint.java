package io.lanpo.engine.run.folder;

import io.lanpo.api.component.UserException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the checkpoint that a run goes on from, and refuses one that is not as it was written:
 * going on from it would give another run without a word.
 */
final class ResumePoint {
  private static final Logger LOG = LoggerFactory.getLogger(ResumePoint.class);

  private final Checkpoints checkpoints;
  private final RunRecord record;
  private final boolean older;

  /**
   * @param checkpoints of the run
   * @param record the run
   * @param older whether it is of a version whose checkpoints had no record in their own folder
   */
  ResumePoint(Checkpoints checkpoints, RunRecord record, boolean older) {
    this.checkpoints = checkpoints;
    this.record = record;
    this.older = older;
  }

  /**
   * Has the run go on from a checkpoint that is whole.
   *
   * @param wanted its name; empty for the newest
   * @throws UserException naming what is missing or differs, and a checkpoint that is whole
   */
  void choose(String wanted) {
    CheckpointRecord newest = newest(!wanted.isEmpty());
    CheckpointRecord chosen =
        wanted.isEmpty() || newest != null && newest.folder().equals(wanted)
            ? newest
            : named(wanted);
    if (chosen == null) {
      LOG.warn("run {} has no checkpoint yet; it begins again", record.id());
      return;
    }
    List<String> wrong = checkpoints.differences(chosen);
    if (!wrong.isEmpty()) {
      throw refusal(chosen.folder(), wrong);
    }
    if (!chosen.listed()) {
      LOG.warn(
          "checkpoint {} of run {} is of a version that kept no checksums: whether its files are whole is not known",
          chosen.folder(),
          record.id());
      chosen = chosen.with(checkpoints.sums(chosen.folder()));
    }
    if (!chosen.equals(newest) || !chosen.equals(own(chosen.folder()))) {
      checkpoints.point(chosen);
    }
  }

  /**
   * What {@code checkpoint.json} says. It is a copy: where it is missing or damaged the newest
   * checkpoint says it itself.
   */
  private @Nullable CheckpointRecord newest(boolean another) {
    String trouble;
    try {
      CheckpointRecord newest = checkpoints.newest();
      if (newest != null) {
        return newest;
      }
      trouble = "checkpoint.json is missing";
    } catch (UserException e) {
      trouble = String.valueOf(e.getMessage());
      if (!another && recorded().isEmpty()) {
        throw e;
      }
    }
    List<String> there = recorded();
    if (another) {
      return null;
    }
    if (there.isEmpty()) {
      if (older && !checkpoints.names().isEmpty()) {
        throw refusal(checkpoints.names().get(0), List.of(trouble));
      }
      return null; // a kill before the first checkpoint was whole
    }
    CheckpointRecord last = own(there.get(0));
    LOG.warn("run {}: {}; it goes on from checkpoint {}", record.id(), trouble, there.get(0));
    if (last != null) {
      checkpoints.point(last);
    }
    return last;
  }

  private CheckpointRecord named(String wanted) {
    if (!checkpoints.names().contains(wanted)) {
      throw new UserException(
          "run %s has no checkpoint %s; it has %s"
              .formatted(record.id(), wanted, String.join(", ", checkpoints.names())),
          "Name one of them; runs keep as many as checkpoint.keep says.");
    }
    CheckpointRecord own = checkpoints.record(wanted);
    if (own == null) {
      throw refusal(wanted, List.of("checkpoints/%s/checkpoint.json is missing".formatted(wanted)));
    }
    return own;
  }

  /** Checkpoints that have a record, the newest first. */
  private List<String> recorded() {
    List<String> names = new ArrayList<>();
    checkpoints.names().stream().filter(n -> own(n) != null).forEach(n -> names.add(0, n));
    return names;
  }

  /** The record in a checkpoint's folder; null where it is missing or damaged. */
  private @Nullable CheckpointRecord own(String name) {
    try {
      return checkpoints.record(name);
    } catch (UserException e) {
      LOG.debug("checkpoint {} is no help", name, e);
      return null;
    }
  }

  private UserException refusal(String name, List<String> wrong) {
    String next =
        recorded().stream()
            .filter(n -> !n.equals(name))
            .filter(n -> whole(n))
            .findFirst()
            .map(
                other ->
                    "Bring back what is missing from a copy, or go on from another checkpoint: lanpo resume %s --checkpoint %s"
                        .formatted(checkpoints.run().getFileName(), other))
            .orElse(
                "Bring back what is missing from a copy; no other checkpoint of the run is whole. Weights that are whole"
                    + " can begin a new run: lanpo train %s --set model=%s"
                        .formatted(record.configuration(), checkpoints.folder(name)));
    return new UserException(
        "run %s cannot go on from checkpoint %s: %s"
            .formatted(record.id(), name, String.join("; ", wrong)),
        next);
  }

  private boolean whole(String name) {
    CheckpointRecord other = own(name);
    return other != null && checkpoints.differences(other).isEmpty();
  }
}
