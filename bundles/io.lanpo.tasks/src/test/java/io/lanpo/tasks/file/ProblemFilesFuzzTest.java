package io.lanpo.tasks.file;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.fuzz.Fuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file of problems holds, it is read, or refused with its line. */
@Tag("full")
class ProblemFilesFuzzTest {
  @TempDir private Path folder;

  @Test
  void problems() {
    String lines =
        "{\"problem\": \"2 + 3 = ?\", \"answer\": \"5\", \"level\": 1}\n\n"
            + "{\"id\": \"x\", \"problem\": \"a\", \"answer\": 7, \"subject\": \"s\", \"tests\":"
            + " [\"t\"]}\n";
    Fuzz.ofTexts(
            List.of(lines, lines.repeat(3)),
            List.of(
                "\"problem\"", "\"answer\": null", "\"tests\": {}", "\n", "\r\n", "[1]", "/**/"))
        .allowing(UserException.class)
        .run(
            content -> {
              Path file = Files.write(folder.resolve("p.jsonl"), content);
              open(file, Map.of());
              open(file, Map.of("task.key-fields", "tests | setup | solution=code"));
            });
  }

  @Test
  void tables() {
    Fuzz.ofTexts(
            List.of("id,problem,answer\nx,\"2 + 3,\n= ?\",5\ny,\"a \"\"b\"\"\",7\n"),
            List.of("\"", ",", "\n", "\r\n", "problem", "\uFEFF", "\"\""))
        .allowing(UserException.class)
        .run(content -> open(Files.write(folder.resolve("p.csv"), content), Map.of()));
  }

  @Test
  void documents() {
    Fuzz.ofTexts(
            List.of(
                "[{\"problem\": \"2 + 3 = ?\", \"answer\": 5}, {\"problem\": \"a\", \"answer\":"
                    + " \"7\", \"more\": {\"b\": [1]}}]",
                "{\"n\": 1, \"rows\": [{\"problem\": \"a\", \"answer\": {\"b\": [1]}}]}"),
            List.of("[", "]", "{", "}", "null", "\"problem\":", ",", "1"))
        .allowing(UserException.class)
        .run(
            content -> {
              Path file = Files.write(folder.resolve("p.json"), content);
              open(file, Map.of());
              open(
                  file,
                  Map.of(
                      "task.question",
                      "{{problem}} {{#more}}{{b.0}}{{/more}}",
                      "task.shown-fields",
                      "more"));
            });
  }

  private void open(Path file, Map<String, String> more) {
    Map<String, String> given = new HashMap<>(more);
    given.put("task.data", file.toString());
    given.put("task.held-out-share", "0");
    List<Setting<?>> declared = new ArrayList<>();
    AnyFile source = new AnyFile();
    source.settings().forEach(setting -> declared.add(setting.prefixed("task.")));
    source.open(Settings.of("test", declared, given).under("task."), 1);
  }
}
