package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** The pool of a real run, taken out, put into another pool, compared and made anew. */
@Tag("full")
@Timeout(value = 600, threadMode = ThreadMode.SEPARATE_THREAD)
final class PoolCommandsIT {
  @TempDir Path folder;
  private Lanpo lanpo;

  @BeforeEach
  void platform() throws IOException {
    lanpo = Lanpo.withColdStarts(folder, ProductOptions.home().resolveSibling("configs"));
  }

  @Test
  void theMemoryOfARunGoesIntoAnotherPoolAndComesBackFromItsLogs() throws Exception {
    List<String> train =
        new ArrayList<>(List.of(Lanpo.script().toString(), "train", SmallRun.CONFIGURATION));
    train.addAll(SmallRun.options("steps", "4"));
    train.add("--json");
    Lanpo.Result trained = Lanpo.finish(lanpo.start(train));
    assertEquals(0, trained.code(), trained.err());
    String run = JsonParser.parseString(trained.out()).getAsJsonObject().get("run").getAsString();

    Path file = folder.resolve("memory.jsonl");
    JsonObject exported = json(0, "export", file.toString());
    long experiences = exported.get("experiences").getAsLong();
    long lessons = exported.get("lessons").getAsLong();
    assertEquals(4 * 4 * 12, experiences);
    assertTrue(lessons > 0, "the run distilled nothing");
    assertEquals(experiences + lessons, Files.readAllLines(file).size());

    JsonObject imported = json(0, "import", file.toString(), "--pool", "copy");
    assertEquals(experiences, imported.getAsJsonObject("experiences").get("added").getAsLong());
    assertEquals(lessons, imported.getAsJsonObject("lessons").get("added").getAsLong());
    assertTrue(json(0, "diff", run, "copy").get("equal").getAsBoolean());
    Path again = folder.resolve("again.jsonl");
    json(0, "export", again.toString(), "--pool", "copy");
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));

    JsonObject checked = json(0, "check", "--pool", "copy");
    assertEquals(0, checked.getAsJsonArray("problems").size(), checked.toString());
    assertEquals(experiences, checked.get("experiences").getAsLong());

    String rollouts = lanpo.runs().resolve(run).resolve("rollouts.jsonl").toString();
    JsonObject rebuilt = json(0, "rebuild", rollouts, "--pool", "rebuilt");
    assertEquals(0, rebuilt.getAsJsonArray("gaps").size(), rebuilt.toString());
    JsonObject same = json(0, "diff", run, "rebuilt");
    assertTrue(same.get("equal").getAsBoolean(), same.toString());
    assertEquals(experiences, same.getAsJsonObject("experiences").get("same").getAsLong());
    assertEquals(lessons, same.getAsJsonObject("lessons").get("same").getAsLong());
    Path rebuiltFile = folder.resolve("rebuilt.jsonl");
    json(0, "export", rebuiltFile.toString(), "--pool", "rebuilt");
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(rebuiltFile));

    List<String> lines = Files.readAllLines(file);
    Files.write(file, List.of(lines.get(0).replace(run + "/1/0/0", "another")));
    json(0, "import", file.toString(), "--pool", "copy");
    JsonObject differ = json(1, "diff", run, "copy");
    assertFalse(differ.get("equal").getAsBoolean());
    assertEquals(
        "{\"count\":1,\"first\":[\"another\"]}",
        differ.getAsJsonObject("experiences").get("onlyInB").toString());
  }

  private JsonObject json(int code, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("pool"));
    command.addAll(List.of(words));
    command.add("--json");
    Lanpo.Result result = lanpo.run(command.toArray(String[]::new));
    assertEquals(code, result.code(), result.err());
    return JsonParser.parseString(result.out()).getAsJsonObject();
  }
}
