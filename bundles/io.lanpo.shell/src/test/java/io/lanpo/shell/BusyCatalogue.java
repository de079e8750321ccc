package io.lanpo.shell;

import io.lanpo.api.train.ComponentCatalogue;
import io.lanpo.api.train.ComponentInfo;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A catalogue that never finishes looking, unless it is interrupted. */
final class BusyCatalogue implements ComponentCatalogue {
  final CountDownLatch entered = new CountDownLatch(1);

  @Override
  public List<ComponentInfo> components() {
    entered.countDown();
    try {
      new CountDownLatch(1).await();
      return List.of();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while looking", e);
    }
  }
}
