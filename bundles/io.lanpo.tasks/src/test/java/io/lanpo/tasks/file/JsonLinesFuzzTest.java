package io.lanpo.tasks.jsonl;

import io.lanpo.api.component.UserException;
import io.lanpo.api.task.KeyFields;
import io.lanpo.fuzz.Fuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file of problems holds, it is read, or refused with its line. */
@Tag("full")
class JsonLinesFuzzTest {
  @TempDir private Path folder;

  @Test
  void problems() {
    KeyFields labels = KeyFields.parse("level | subject").orElseThrow();
    Optional<KeyFields> parts = KeyFields.parse("tests | setup | solution=code");
    String lines =
        "{\"problem\": \"2 + 3 = ?\", \"answer\": \"5\", \"level\": 1}\n\n"
            + "{\"id\": \"x\", \"problem\": \"a\", \"answer\": 7, \"subject\": \"s\", \"tests\": [\"t\"]}\n";
    Fuzz.ofTexts(
            List.of(lines, lines.repeat(3)),
            List.of(
                "\"problem\"", "\"answer\": null", "\"tests\": {}", "\n", "\r\n", "[1]", "/**/"))
        .allowing(UserException.class)
        .run(
            content -> {
              Path file = Files.write(folder.resolve("p.jsonl"), content);
              new ProblemFile(file, "problem", "answer", Optional.empty(), labels).read();
              new ProblemFile(file, "problem", "answer", parts, labels).read();
            });
  }
}
