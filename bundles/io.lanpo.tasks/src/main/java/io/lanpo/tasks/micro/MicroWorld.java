package io.lanpo.tasks.micro;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.task.Task;
import io.lanpo.api.task.TaskSource;
import io.lanpo.tasks.digits.OperatorTask;
import io.lanpo.tasks.digits.Rule;
import io.lanpo.tasks.digits.Words;
import io.lanpo.tasks.digits.WorldSize;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * The micro-world: {@code zim of 4 7 6 is 6 4 8 . apply zim to 8 6 8 .}
 *
 * <p>An operator permutes three digits, then overwrites one of them. What an operator means is
 * fixed by the seed; a policy learns it from rewards. Every problem carries one worked example that
 * only one rule fits, so that a review can test the plan of an attempt without any reward or
 * answer.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("micro-world")
public final class MicroWorld implements TaskSource {
  @Override
  public List<Setting<?>> settings() {
    return WorldSize.SETTINGS;
  }

  @Override
  public Task open(Settings settings, long seed) {
    return OperatorTask.open(
        "micro", seed, WorldSize.of(settings), Rule.ALL, new MicroLanguage(), Words.all(List.of()));
  }
}
