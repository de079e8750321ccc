package io.lanpo.tasks.file;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A data file.
 *
 * @param path the file
 * @param weight how often its problems come up in a pass over the data; 0.5: half of them do
 */
record Source(Path path, double weight) {
  static final Setting<String> DATA =
      Setting.text(
          "data",
          "",
          "file with the problems to learn from, or several with | between them; FILE * 2 has each"
              + " problem of it come up twice in a pass, FILE * 0.5 half of them");

  private static final double MOST = 100;
  private static final Pattern WRITTEN =
      Pattern.compile("(.*?)\\s*(?:\\*\\s*(\\d+(?:\\.\\d+)?|\\.\\d+))?", Pattern.DOTALL);

  /**
   * Reads {@code a.jsonl | b.csv * 2}.
   *
   * @throws UserException when it names nothing, something that is no file, or a file twice
   */
  static List<Source> list(Settings settings, Setting<String> setting) {
    List<Source> sources = new ArrayList<>();
    for (String written : settings.get(setting).split("\\|", -1)) {
      Source source = source(written.strip(), settings, setting);
      if (sources.stream().anyMatch(other -> other.path.equals(source.path))) {
        throw new UserException(
            "%s names %s twice".formatted(settings.key(setting), source.path),
            "Give it a weight instead: %s * 2.".formatted(source.path));
      }
      sources.add(source);
    }
    return sources;
  }

  private static Source source(String written, Settings settings, Setting<String> setting) {
    String key = settings.key(setting);
    if (written.isEmpty()) {
      throw new UserException(
          settings.get(setting).isBlank()
              ? key + " is empty"
              : "%s = %s has an empty place".formatted(key, settings.get(setting)),
          "Name a file with problems, such as data.jsonl, or several with | between them.");
    }
    Matcher parts = WRITTEN.matcher(written);
    double weight =
        parts.matches() && parts.group(2) != null ? Double.parseDouble(parts.group(2)) : 1;
    if (!(weight > 0 && weight <= MOST)) {
      throw new UserException(
          "%s gives %s the weight %s".formatted(key, parts.group(1), parts.group(2)),
          "A weight is above 0 and at most %.0f: 2 has each problem come up twice in a pass, 0.5 half of them."
              .formatted(MOST));
    }
    Path path;
    try {
      path = Path.of(parts.group(1));
    } catch (InvalidPathException e) {
      throw new UserException("%s = %s is not a path".formatted(key, written), "Name a file.", e);
    }
    if (!Files.isRegularFile(path)) {
      throw new UserException(
          "%s is not a file (looked for %s)".formatted(path, path.toAbsolutePath().normalize()),
          "Name a file for %s; a path may be relative to the directory you started from."
              .formatted(key));
    }
    return new Source(path, weight);
  }
}
