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

/**
 * Problems from files with one JSON object a line, whatever their endings are: {@code {"problem":
 * "2 + 3 = ?", "answer": "5"}}. Otherwise as {@link AnyFile}.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("jsonl")
public final class JsonLines implements TaskSource {
  private final FileProblems problems = new FileProblems(FileFormat.JSONL);

  @Override
  public List<Setting<?>> settings() {
    return problems.settings();
  }

  @Override
  public Task open(Settings settings, long seed) {
    return problems.open(settings);
  }
}
