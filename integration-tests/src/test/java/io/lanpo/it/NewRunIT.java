package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a model folder and a table of problems to a run: what {@code lanpo new} says is done. */
@Tag("full")
@Timeout(900)
final class NewRunIT {
  private static final int PROBLEMS = 50;

  @TempDir Path folder;

  @Test
  void aDraftedConfigurationRuns() throws Exception {
    Path configs = copied(ProductOptions.home().resolveSibling("configs"), "configs");
    Lanpo lanpo = new Lanpo(folder.resolve("platform"), configs);
    String[] words = {
      "new",
      "sums",
      "--model",
      SmallModel.in(Files.createDirectory(folder.resolve("model"))).toString(),
      "--data",
      table().toString(),
      "--json"
    };
    Lanpo.Result drafted = lanpo.run(words);
    assertEquals(0, drafted.code(), drafted.err());
    Path file = configs.resolve("io.lanpo.run~sums.cfg");
    assertTrue(Files.readString(file).contains("extends = math"), Files.readString(file));
    JsonObject document = JsonParser.parseString(drafted.out()).getAsJsonObject();
    JsonObject problems = document.getAsJsonObject("problems");
    assertEquals(
        PROBLEMS, problems.get("training").getAsInt() + problems.get("heldOut").getAsInt());

    Lanpo.Result again = lanpo.run(words);
    assertEquals(1, again.code(), again.err());
    assertTrue(again.err().contains("--overwrite"), again.err());

    // the second command is the one that tries everything
    JsonArray commands = document.getAsJsonArray("commands");
    String smoke = commands.get(1).getAsJsonObject().get("command").getAsString();
    List<String> command = Arrays.asList(smoke.split(" "));
    assertEquals("lanpo", command.get(0));
    Lanpo.Result run = lanpo.run(command.subList(1, command.size()).toArray(String[]::new));
    assertEquals(0, run.code(), run.err());
    try (Stream<Path> runs = Files.list(lanpo.runs())) {
      Path made = runs.findFirst().orElseThrow();
      assertEquals(2, Files.readAllLines(made.resolve("metrics.jsonl")).size());
      assertFalse(Files.readString(made.resolve("rollouts.jsonl")).isBlank());
    }
  }

  private Path copied(Path from, String name) throws IOException {
    Path to = Files.createDirectory(folder.resolve(name));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  private Path table() throws IOException {
    StringBuilder rows = new StringBuilder("question,answer\n");
    for (int i = 0; i < PROBLEMS; i++) {
      rows.append(
          "\"What is %d plus %d, and then %d more?\",%d\n".formatted(i, 3 * i, 7, 4 * i + 7));
    }
    return Files.writeString(folder.resolve("sums.csv"), rows);
  }
}
