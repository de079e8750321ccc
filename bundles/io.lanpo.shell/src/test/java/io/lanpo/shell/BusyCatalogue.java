package io.lanpo.shell;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentFile;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.ComponentUse;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A catalogue that never finishes looking, unless it is interrupted. */
final class BusyCatalogue implements ComponentCatalogue {
  final CountDownLatch entered = new CountDownLatch(1);

  @Override
  public List<ComponentState> components() {
    entered.countDown();
    try {
      new CountDownLatch(1).await();
      return List.of();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while looking", e);
    }
  }

  @Override
  public List<ComponentFile> files() {
    return List.of();
  }

  @Override
  public <S> ComponentUse<S> use(Wanted<S> wanted, String holder) {
    throw new IllegalStateException("nothing is used here");
  }

  @Override
  public List<String> names(Class<?> type) {
    return List.of();
  }
}
