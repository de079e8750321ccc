package io.lanpo.engine.run.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.engine.fixture.Damage;
import io.lanpo.engine.fixture.FakePlatform;
import io.lanpo.engine.fixture.MemoryPool;
import io.lanpo.engine.fixture.WordTokenizer;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The folder of a run whose process was killed in its fifth of six steps, with a file in it that is
 * damaged: the run is refused with the file and a next step, or it comes to the same bits. Policies
 * are fakes, whose every weight counts.
 */
class RunDamageTest {
  private static final Pattern OTHER = Pattern.compile("lanpo resume (\\S+) --checkpoint (\\S+)");

  /** Of so many offers one is taken: each trains for some steps. */
  private static final int FOLLOWED = 8;

  private static final WordTokenizer WORDS = new WordTokenizer();
  private static final Map<String, RunDamageTest> PREPARED = new HashMap<>();

  @TempDir static Path all;

  @TempDir Path home;
  private Path killed;
  private Path another;
  private MemoryPool pool;
  private Map<String, String> whole;
  private int cases;

  @BeforeEach
  void aRunThatWasKilled() throws Exception {
    prepare("0");
  }

  /** It is killed once for all tests. */
  private void prepare(String staleness) throws Exception {
    RunDamageTest before = PREPARED.get(staleness);
    if (before == null) {
      kill(staleness);
      PREPARED.put(staleness, this);
    } else {
      killed = before.killed;
      another = before.another;
      pool = before.pool;
      whole = before.whole;
    }
  }

  private void kill(String staleness) throws Exception {
    Path first = all.resolve("whole-" + staleness);
    FakePlatform platform = new FakePlatform(first, WORDS);
    killed = first.resolve("killed");
    another = first.resolve("another");
    pool = new MemoryPool();
    RunSummary run = run(platform, "0", staleness, killed, pool);
    run(platform, "1", staleness, another, new MemoryPool());
    killed = killed.resolve(run.id());
    whole = outcome(run, platform);
    try (Stream<Path> one = Files.list(another)) {
      another = one.toList().get(0);
    }
  }

  /** A run to its end, of which a copy is made as a kill in its fifth step leaves it. */
  private static RunSummary run(
      FakePlatform platform, String seed, String staleness, Path copies, MemoryPool had)
      throws InterruptedException {
    return platform
        .manager()
        .start(
            "small",
            Map.of("seed", seed, "steps", "6", "staleness", staleness),
            progress -> {
              if (progress.phase().equals("training") && progress.done() == 5) {
                copy(platform.runs().resolve(progress.run()), copies.resolve(progress.run()));
                had.copy(platform.pool(progress.run()));
              }
            })
        .await();
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(Files.isDirectory(file) ? target : target.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a run has come to, without its id and the time. */
  private static Map<String, String> outcome(RunSummary run, FakePlatform platform)
      throws IOException {
    Map<String, String> outcome = new TreeMap<>();
    for (String log : List.of("metrics.jsonl", "rollouts.jsonl", "lessons.jsonl")) {
      outcome.put(
          log,
          Files.readString(run.folder().resolve(log))
              .replace(run.id(), "RUN")
              .replaceAll(",\"timing\":.*", ""));
    }
    Path last = run.folder().resolve("checkpoints/step-000006");
    for (String file : List.of("config.json", "model.safetensors", "optimizer.safetensors")) {
      outcome.put(file, Arrays.toString(Files.readAllBytes(last.resolve(file))));
    }
    outcome.put("before", String.valueOf(run.result().before()));
    outcome.put("after", String.valueOf(run.result().after()));
    outcome.put("settings", run.settings().toString());
    outcome.put("components", run.components().toString());
    outcome.put(
        "pool",
        platform
            .pool(run.id())
            .experiences()
            .map(Object::toString)
            .toList()
            .toString()
            .replace(run.id(), "RUN"));
    return outcome;
  }

  /** The files of the run, without the pool's. */
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(killed)) {
      return all.filter(Files::isRegularFile).map(killed::relativize).sorted().toList();
    }
  }

  private FakePlatform platform() throws IOException {
    Path place = home.resolve("case-" + cases++);
    FakePlatform platform = new FakePlatform(place, WORDS);
    String id = killed.getFileName().toString();
    copy(killed, platform.runs().resolve(id));
    platform.pool(id).copy(pool);
    return platform;
  }

  private void remove() throws IOException {
    FileTree.delete(home.resolve("case-" + (cases - 1)));
  }

  private RunSummary resume(FakePlatform platform, String checkpoint) throws InterruptedException {
    String id = killed.getFileName().toString();
    return platform.manager().resume(id, checkpoint, progress -> {}).await();
  }

  @Test
  void withoutDamageItComesToTheSameBits() throws Exception {
    FakePlatform platform = platform();
    assertEquals(RunState.INTERRUPTED, platform.manager().runs().get(0).state());
    assertEquals(whole, outcome(resume(platform, ""), platform));
    assertTrue(
        files().toString().contains("checkpoints/step-000002/checkpoint.json"),
        "an older checkpoint is there: " + files());
  }

  @Test
  void oneBitOfEveryFile() throws Exception {
    drill(0, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1"})
  @Tag("full")
  void everyDamageOfEveryFile(String staleness) throws Exception {
    prepare(staleness);
    drill(20, 50 * Integer.getInteger("lanpo.damage.scale", 1));
  }

  private void drill(int places, int flips) throws Exception {
    List<String> silent = new ArrayList<>();
    int refused = 0;
    int unchanged = 0;
    for (Path file : files()) {
      List<Damage> all =
          places == 0
              ? Damage.flips(killed.resolve(file), flips, file.hashCode())
              : Damage.all(
                  killed.resolve(file), places, flips, file.hashCode(), another.resolve(file));
      for (Damage damage : all) {
        String name = file + ", " + damage.name();
        FakePlatform platform = platform();
        damage.harm().to(platform.runs().resolve(killed.getFileName()).resolve(file));
        assertEquals(1, platform.manager().runs().size(), name);
        try {
          Map<String, String> outcome = outcome(resume(platform, ""), platform);
          unchanged++;
          if (!outcome.equals(whole)) {
            silent.add(name);
          }
        } catch (UserException e) {
          refused++;
          checkRefusal(name, file, e);
          silent.addAll(otherwise(name, platform, e));
        }
        remove();
      }
    }
    assertEquals(List.of(), silent, "silent differences");
    assertTrue(refused > 0 && unchanged > 0, refused + " refused, " + unchanged + " unchanged");
  }

  private void checkRefusal(String name, Path file, UserException e) {
    String said = name + ": " + e.getMessage() + " - " + e.nextStep();
    String message = String.valueOf(e.getMessage());
    // with the record of another run, the files of this one are the strange ones
    String sought =
        name.equals("run.json, that of another run")
            ? String.valueOf(another.getFileName())
            : String.valueOf(file.getFileName());
    assertTrue(message.contains(sought), said);
    assertFalse(e.nextStep().isEmpty(), said);
  }

  /** The checkpoint that a refusal offers leads to the same bits, too. */
  private List<String> otherwise(String name, FakePlatform platform, UserException e)
      throws Exception {
    Matcher offer = OTHER.matcher(e.nextStep());
    if (!offer.find() || cases % FOLLOWED != 0) {
      return List.of();
    }
    assertEquals(killed.getFileName().toString(), offer.group(1));
    return outcome(resume(platform, offer.group(2)), platform).equals(whole)
        ? List.of()
        : List.of(name + ", from " + offer.group(2));
  }

  @Test
  void weightsWithOneBitFlippedOfferTheCheckpointBefore() throws Exception {
    FakePlatform platform = platform();
    Path weights = run(platform).resolve("checkpoints/step-000004/model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[777] ^= 4;
    Files.write(weights, bytes);
    UserException e = assertThrows(UserException.class, () -> resume(platform, ""));
    assertTrue(
        String.valueOf(e.getMessage())
            .contains(
                "cannot go on from checkpoint step-000004: checkpoints/step-000004/model.safetensors is not what was written"),
        e.getMessage());
    assertTrue(
        e.nextStep()
            .endsWith("lanpo resume " + run(platform).getFileName() + " --checkpoint step-000002"),
        e.nextStep());
    assertEquals(whole, outcome(resume(platform, "step-000002"), platform));
    try (Stream<Path> left = Files.list(run(platform).resolve("checkpoints"))) {
      assertEquals(
          List.of("step-000004", "step-000006"),
          left.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  /** What it would find there is what it goes on with: another pool makes another run. */
  @Test
  void aPoolThatIsGoneOrAnotherOneIsRefused() throws Exception {
    String id = String.valueOf(killed.getFileName());
    FakePlatform platform = platform();
    platform.pool(id).rollback(id, 0);
    UserException e = assertThrows(UserException.class, () -> resume(platform, ""));
    assertTrue(
        String.valueOf(e.getMessage())
            .startsWith(
                "the pool of run %s holds 0 experiences and 0 lessons of the run's first 4 steps; by then it held 32 and "
                    .formatted(id)),
        e.getMessage());
    assertTrue(
        e.nextStep()
            .endsWith(
                "lanpo pool rebuild %s --run %s --force"
                    .formatted(run(platform).resolve("rollouts.jsonl"), id)),
        e.nextStep());
    platform.pool(id).copy(pool);
    assertEquals(whole, outcome(resume(platform, ""), platform));
  }

  /** Then it was full, or others have it, too: nothing brings back what made room. */
  @Test
  void aPoolThatMayHaveMadeRoomIsTakenAsItIs() throws Exception {
    String id = String.valueOf(killed.getFileName());
    FakePlatform platform = platform();
    platform.pool(id).lose(1);
    assertEquals(RunState.FINISHED, resume(platform, "").state());
  }

  @Test
  void whatIsMissingIsNamedAllAtOnce() throws Exception {
    FakePlatform platform = platform();
    for (String name :
        List.of("checkpoints/step-000004/optimizer.safetensors", "rollouts.jsonl", "before.json")) {
      Files.delete(run(platform).resolve(name));
    }
    UserException e = assertThrows(UserException.class, () -> resume(platform, ""));
    assertTrue(
        String.valueOf(e.getMessage())
            .endsWith(
                "before.json is missing; checkpoints/step-000004/optimizer.safetensors is missing; rollouts.jsonl is missing"),
        e.getMessage());
    assertTrue(e.nextStep().contains("no other checkpoint of the run is whole"), e.nextStep());
  }

  @Test
  void aFileMoreInACheckpointIsNoPartOfIt() throws Exception {
    FakePlatform platform = platform();
    Path folder = run(platform).resolve("checkpoints/step-000004");
    Files.writeString(folder.resolve(".hidden"), "");
    Files.writeString(folder.resolve("model.safetensors.index.json"), "{}");
    UserException e = assertThrows(UserException.class, () -> resume(platform, ""));
    assertTrue(
        String.valueOf(e.getMessage())
            .endsWith(
                "checkpoints/step-000004/model.safetensors.index.json is not a file of this checkpoint"),
        e.getMessage());
  }

  @Test
  void aCheckpointThatIsNotThereIsNotGoneOnFrom() throws Exception {
    FakePlatform platform = platform();
    UserException e = assertThrows(UserException.class, () -> resume(platform, "step-000003"));
    assertTrue(
        String.valueOf(e.getMessage())
            .endsWith("has no checkpoint step-000003; it has step-000002, step-000004"),
        e.getMessage());
  }

  /** Both ways to a checkpoint are there: its own record is as good as the copy. */
  @Test
  void theNewestCheckpointIsFoundWithoutTheFileThatNamesIt() throws Exception {
    FakePlatform platform = platform();
    Files.writeString(run(platform).resolve("checkpoint.json"), "{}");
    assertEquals(whole, outcome(resume(platform, ""), platform));
  }

  /** As they were written before checkpoints had a list, and documents a checksum. */
  @Test
  void aRunOfAnOlderVersionGoesOn() throws Exception {
    FakePlatform platform = platform();
    older(run(platform));
    assertEquals(whole, outcome(resume(platform, ""), platform));
  }

  @Test
  void aRunOfAnOlderVersionIsCheckedAsFarAsItCanBe() throws Exception {
    Map<String, String> said =
        Map.of(
            "metrics.jsonl", "metrics.jsonl is missing",
            "rollouts.jsonl", "rollouts.jsonl is missing",
            "before.json", "before.json is missing",
            "manifest.json", "manifest.json is missing",
            "checkpoint.json", "checkpoint.json is missing");
    for (Map.Entry<String, String> file : said.entrySet()) {
      FakePlatform platform = platform();
      older(run(platform));
      Files.delete(run(platform).resolve(file.getKey()));
      UserException e = assertThrows(UserException.class, () -> resume(platform, ""));
      assertTrue(String.valueOf(e.getMessage()).contains(file.getValue()), e.getMessage());
    }
    FakePlatform platform = platform();
    older(run(platform));
    Path metrics = run(platform).resolve("metrics.jsonl");
    Files.writeString(metrics, Files.readString(metrics).substring(0, 400));
    UserException e = assertThrows(UserException.class, () -> resume(platform, ""));
    assertTrue(
        String.valueOf(e.getMessage()).contains("metrics.jsonl has 400 bytes instead of at least"),
        e.getMessage());
  }

  private static void older(Path run) throws IOException {
    for (String name : List.of("run.json", "manifest.json", "before.json", "checkpoint.json")) {
      Path file = run.resolve(name);
      JsonObject document = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      document.remove("checksum");
      document.remove("files");
      Files.writeString(file, document.toString());
    }
    try (Stream<Path> folders = Files.list(run.resolve("checkpoints"))) {
      for (Path folder : folders.toList()) {
        Files.delete(folder.resolve("checkpoint.json"));
      }
    }
  }

  /** One of them in a list must not hide the others, nor be left out. */
  @Test
  void aDamagedRunIsListedWithItsReason() throws Exception {
    FakePlatform platform = platform();
    Path runs = platform.runs();
    for (String name : List.of("no-record", "half", "no-time", "no-manifest")) {
      copy(killed, runs.resolve(name));
    }
    Files.delete(runs.resolve("no-record/run.json"));
    Files.writeString(runs.resolve("half/run.json"), "{\"form");
    Files.writeString(runs.resolve("no-manifest/manifest.json"), "{}");
    Path record = runs.resolve("no-time/run.json");
    Files.writeString(
        record,
        Files.readString(record).replaceAll("\"started\": \"[^\"]*\"", "\"started\": \"soon\""));
    Map<String, RunSummary> listed = new TreeMap<>();
    platform.manager().runs().forEach(r -> listed.put(r.folder().getFileName().toString(), r));
    assertEquals(5, listed.size());
    assertEquals(RunState.INTERRUPTED, listed.get(killed.getFileName().toString()).state());
    Map<String, String> reasons =
        Map.of(
            "no-record", "it has no run.json",
            "half", "run.json is missing or damaged: it is not JSON",
            "no-time", "started = \"soon\" is not a time such as",
            "no-manifest", "manifest.json is missing or damaged: it lacks components, an object");
    reasons.forEach(
        (name, reason) -> {
          RunSummary run = listed.get(name);
          assertEquals(RunState.DAMAGED, run.state(), name);
          assertTrue(run.message().contains(reason), run.message());
        });
    assertEquals("small", listed.get("no-manifest").configuration());
  }

  private Path run(FakePlatform platform) {
    return platform.runs().resolve(killed.getFileName());
  }
}
