package io.lanpo.tasks.repair;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.task.Task;
import io.lanpo.api.task.TaskSource;
import io.lanpo.tasks.digits.OperatorTask;
import io.lanpo.tasks.digits.Words;
import io.lanpo.tasks.digits.WorldSize;
import java.util.List;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * A micro-world in which the attempt carries information: {@code zim of 4 7 6 is 6 4 9 . apply zim
 * to 8 6 8 .} with the answer {@code 8 8 9 red}.
 *
 * <p>An operator permutes three digits, overwrites one of them and adds a mark, which the example
 * does not show. A review repairs an attempt that is nearly right; from an attempt at random, that
 * is from nothing, it is right once in 24 times: a third for the permutation, an eighth for the
 * mark. A plain solution at random is right once in 432 times, one with a lesson, which tells the
 * mark, once in 54.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("micro-repair")
public final class RepairWorld implements TaskSource {
  @Override
  public List<Setting<?>> settings() {
    return WorldSize.SETTINGS;
  }

  @Override
  public Task open(Settings settings, long seed) {
    return OperatorTask.open(
        "repair",
        seed,
        WorldSize.of(settings),
        Meaning.ALL,
        new RepairLanguage(),
        Words.all(Stream.concat(Stream.of("and"), Mark.words().stream()).toList()));
  }
}
