package io.lanpo.bench.measure;

import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunListener;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it hears; interrupts the thread of the benchmark when it is to. */
public final class Heard implements RunListener {
  private final String interruptAt;
  private final List<Progress> all = new ArrayList<>();

  /** Only listens. */
  public Heard() {
    this("");
  }

  /**
   * @param interruptAt a phase that is interrupted as it begins; empty: none
   */
  public Heard(String interruptAt) {
    this.interruptAt = interruptAt;
  }

  @Override
  public void progressed(Progress progress) {
    boolean first = phases().stream().noneMatch(progress.phase()::equals);
    all.add(progress);
    if (first && progress.phase().equals(interruptAt)) {
      Thread.currentThread().interrupt();
    }
  }

  /** All that it has heard. */
  public List<Progress> all() {
    return all;
  }

  /** What was going on, in order. */
  public List<String> phases() {
    return all.stream().map(Progress::phase).toList();
  }
}
