package io.lanpo.engine.run.folder;

import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunLog;
import io.lanpo.api.train.RunLogs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Reads the logs of runs wherever their folders are. */
@Component(service = RunLogs.class)
public final class RunLogReader implements RunLogs {
  /** For the service registry. */
  @Activate
  public RunLogReader() {}

  @Override
  public RunLog open(Path path) {
    Path whole = path.toAbsolutePath().normalize();
    if (Files.notExists(whole)) {
      throw new UserException(
          "there is no file or folder " + whole,
          "Name the folder of a run, or its rollouts.jsonl.");
    }
    Path parent = whole.getParent();
    return new FolderRunLog(
        new RunFolder(parent == null || Files.isDirectory(whole) ? whole : parent));
  }
}
