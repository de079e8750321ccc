package io.lanpo.metrics.mlflow;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code mlflow.json} in the folder of a run: which run of which server it is. */
final class MlflowFile {
  private MlflowFile() {}

  static Path of(Path folder) {
    return folder.resolve("mlflow.json");
  }

  /** The id of the run on a server; empty when it is not there yet. */
  static Optional<String> read(Path folder, String url) {
    Path file = of(folder);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (JsonParser.parseString(Files.readString(file)) instanceof JsonObject object
          && object.has("url")
          && object.has("run")) {
        return object.get("url").getAsString().equals(url)
            ? Optional.of(object.get("run").getAsString())
            : Optional.empty();
      }
      throw damaged(file, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JsonParseException | IllegalStateException | UnsupportedOperationException e) {
      throw damaged(file, e);
    }
  }

  private static UserException damaged(Path file, @Nullable Throwable e) {
    return new UserException(
        "%s is not a JSON object with url and run".formatted(file),
        "Bring it back from a copy, or remove it: the run is then told again from its beginning.",
        e);
  }

  static void write(Path folder, String url, String run) {
    JsonObject object = new JsonObject();
    object.addProperty("url", url);
    object.addProperty("run", run);
    try {
      AtomicFile.write(of(folder), object + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
