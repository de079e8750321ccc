package io.lanpo.tasks.file;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.task.Task;
import io.lanpo.api.task.TaskSource;
import io.lanpo.tasks.rows.FileFormat;
import java.util.List;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/** Problems from files whose endings say how they are laid out. */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("file")
public final class AnyFile implements TaskSource {
  private final FileProblems problems = new FileProblems(FileFormat.AUTO);

  @Override
  public List<Setting<?>> settings() {
    return problems.settings();
  }

  @Override
  public Task open(Settings settings, long seed) {
    return problems.open(settings);
  }
}
