package io.lanpo.it;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A folder of runs as they are found in the wild, made from a run that really took place. */
final class RecordedRuns {
  /** Text that a policy might write to take over a page or a terminal. */
  static final String CRAFTED =
      "</pre><img src=x onerror=\"window.taken=1\"><script>window.taken=1</script>"
          + "\u001b[2J\u001b]0;taken\u0007\u202etxt.exe\u202c & {{7*7}} javascript:window.taken=1";

  private RecordedRuns() {}

  /** Takes a small run from start to end. */
  static Path record(Lanpo lanpo, String... further) throws Exception {
    List<String> words = new ArrayList<>(List.of("train", SmallRun.CONFIGURATION));
    words.addAll(SmallRun.options(further));
    Lanpo.Result result = lanpo.run(words.toArray(String[]::new));
    if (result.code() != 0) {
      throw new AssertionError(result.err());
    }
    try (Stream<Path> runs = Files.list(lanpo.runs())) {
      return runs.max(Path::compareTo).orElseThrow();
    }
  }

  /** A copy of a run under another name, as from another machine. */
  static Path copy(Path run, String name) throws IOException {
    Path target = run.resolveSibling(name);
    try (Stream<Path> all = Files.walk(run)) {
      for (Path file : all.toList()) {
        Path to = target.resolve(run.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    return target;
  }

  /** Cuts off a file in the middle of its last line, as a kill does. */
  static void truncate(Path file) throws IOException {
    String text = Files.readString(file);
    int last = text.lastIndexOf('\n', text.length() - 2) + 1;
    Files.writeString(file, text.substring(0, last + (text.length() - last) / 2));
  }

  /**
   * Adds a completion of a last step whose every text is {@link #CRAFTED}, and a finding that
   * quotes it in a run that learned nothing.
   */
  static void addCrafted(Path run) throws IOException {
    Path file = run.resolve("rollouts.jsonl");
    List<String> lines = Files.readAllLines(file);
    JsonObject line = JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
    line.addProperty("mode", "scratch");
    for (String name :
        List.of("problem", "question", "prompt", "text", "solution", "explanation")) {
      line.addProperty(name, CRAFTED);
    }
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    JsonObject finding = new JsonObject();
    finding.addProperty("kind", "no-answer");
    finding.addProperty("sentence", CRAFTED);
    finding.addProperty("setting", "verifier");
    JsonArray findings = new JsonArray();
    findings.add(finding);
    JsonObject health = new JsonObject();
    health.addProperty("learned", false);
    health.add("findings", findings);
    edit(run, record -> record.add("health", health));
  }

  /** Changes the record of a copy on purpose; a copy is no seed of an experiment. */
  private static void edit(Path run, Consumer<JsonObject> change) throws IOException {
    Path file = run.resolve("run.json");
    JsonObject record = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    change.accept(record);
    record.getAsJsonObject("settings").addProperty("description", "");
    record.remove("checksum");
    Files.writeString(file, record.toString());
  }

  /** A run of many steps: the lines of a real one again and again, under further steps. */
  static Path lengthened(Path run, String name, int steps) throws IOException {
    Path target = copy(run, name);
    List<String> metrics = Files.readAllLines(run.resolve("metrics.jsonl"));
    StringBuilder lines = new StringBuilder();
    for (int step = 1; step <= steps; step++) {
      JsonObject line =
          JsonParser.parseString(metrics.get((step - 1) % metrics.size())).getAsJsonObject();
      line.addProperty("step", step);
      line.addProperty("reward", Math.sin(step / 900.0) / 2 + line.get("reward").getAsDouble());
      lines.append(line).append('\n');
    }
    Files.writeString(target.resolve("metrics.jsonl"), lines);
    List<String> rollouts = Files.readAllLines(run.resolve("rollouts.jsonl"));
    try (var out = Files.newBufferedWriter(target.resolve("rollouts.jsonl"))) {
      for (int step = 1; step <= steps; step++) {
        // eight of a step: 10,000 steps are then a file of some 50 MB
        for (int i = 0; i < 8; i++) {
          String line = rollouts.get((8 * step + i) % rollouts.size());
          out.write(line.replaceFirst("\"step\":\\d+", "\"step\":" + step));
          out.write('\n');
        }
      }
    }
    edit(
        target,
        record -> {
          record.addProperty("step", steps);
          record.addProperty("steps", steps);
        });
    return target;
  }
}
