package io.lanpo.shell.dispatch;

import io.lanpo.api.train.TrainingService;
import java.lang.reflect.Proxy;

/** A training service of a bundle whose classes do not load. */
final class BrokenTrainingService {
  TrainingService service() {
    return (TrainingService)
        Proxy.newProxyInstance(
            TrainingService.class.getClassLoader(),
            new Class<?>[] {TrainingService.class},
            (proxy, method, arguments) -> {
              throw new NoClassDefFoundError("some/library/Type");
            });
  }
}
