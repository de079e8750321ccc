package io.lanpo.engine.run.folder;

import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunNotes;
import io.lanpo.engine.run.file.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code notes.json} of a run: {@code group}, {@code tags} and {@code note}, any of which may be
 * absent. It has no checksum, for it is people's, who may edit it.
 *
 * @param file it need not be there
 */
public record NotesFile(Path file) {
  private static final Set<String> KEYS = new TreeSet<>(Set.of("group", "tags", "note"));

  /** As it stands in the file. */
  private record Written(
      @Nullable String group, @Nullable List<String> tags, @Nullable String note) {}

  /**
   * Reads it.
   *
   * @throws UserException when it is damaged or says what is not allowed
   */
  public RunNotes read() {
    JsonObject document = Json.read(file, JsonObject.class);
    if (document == null) {
      return RunNotes.NONE;
    }
    Written written = Json.value(file, document, Written.class, KEYS);
    for (String key : document.keySet()) {
      if (!KEYS.contains(key)) {
        throw Json.damaged(file, "%s is none of its keys %s".formatted(key, KEYS), null);
      }
    }
    try {
      return new RunNotes(
          written.group() == null ? "" : written.group(),
          written.tags() == null ? List.of() : written.tags(),
          written.note() == null ? "" : written.note());
    } catch (UserException e) {
      throw new UserException("%s: %s".formatted(file, e.getMessage()), e.nextStep(), e);
    }
  }

  /**
   * Writes it.
   *
   * @throws UserException when what is there cannot be read
   */
  public void write(RunNotes notes) {
    read();
    Json.write(file, notes);
  }
}
