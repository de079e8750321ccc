package io.lanpo.shell.command.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandHarness;
import io.lanpo.shell.command.FakeTrainingService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pool export} and {@code pool import}, with real pools. */
class PoolExchangeTest {
  private static final String SMALL = "--set=capacity=1000";

  @TempDir Path home;
  private final CommandHarness shell =
      new CommandHarness()
          .with(TrainingService.class, new FakeTrainingService())
          .with(PoolStore.class, "chronicle", ChroniclePools.STORE);
  private Path source;
  private Path file;

  @BeforeEach
  void aPool() {
    shell.var = home.resolve("var");
    source = home.resolve("source");
    file = home.resolve("memory.jsonl");
    ChroniclePools.fill(source);
  }

  private int export(Path pool, Path to, String... further) {
    return run("export", to, pool, further);
  }

  private int take(Path from, Path pool, String... further) {
    return run("import", from, pool, further);
  }

  private int run(String command, Path path, Path pool, String... further) {
    List<String> words = new ArrayList<>(List.of("pool", command, path.toString()));
    words.addAll(List.of("--pool", pool.toString(), SMALL));
    words.addAll(List.of(further));
    return shell.run(words.toArray(String[]::new));
  }

  private JsonObject json() {
    return JsonParser.parseString(shell.out()).getAsJsonObject();
  }

  private List<String> exported() throws IOException {
    assertEquals(0, export(source, file), shell.err());
    return new ArrayList<>(Files.readAllLines(file));
  }

  @Test
  void exportedImportedAndExportedAgainAreTheSameBytes() throws Exception {
    assertEquals(0, export(source, file), shell.err());
    assertTrue(shell.out().contains("3 experiences and 1 lessons"), shell.out());
    Path copy = home.resolve("copy");
    assertEquals(0, take(file, copy, "--json"), shell.err());
    assertEquals(3, json().getAsJsonObject("experiences").get("added").getAsInt());
    assertEquals(1, json().getAsJsonObject("lessons").get("added").getAsInt());
    Path again = home.resolve("again.jsonl");
    assertEquals(0, export(copy, again), shell.err());
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
    ChroniclePools.use(
        source,
        a ->
            ChroniclePools.use(
                copy,
                b -> {
                  assertEquals(a.experiences().toList(), b.experiences().toList());
                  assertEquals(a.lessons(), b.lessons());
                }));
    assertEquals(0, shell.held.get());
  }

  @Test
  void theNamesOfTheFieldsAreStable() throws Exception {
    List<String> lines = exported();
    assertEquals(
        "[type, id, run, step, policyVersion, problem, question, mode, lessons, attempt, finished,"
            + " verdict, reward, accepted, baseline, explanation]",
        JsonParser.parseString(lines.get(0)).getAsJsonObject().keySet().toString());
    assertEquals(
        "[type, id, run, step, kind, problem, question, text]",
        JsonParser.parseString(lines.get(3)).getAsJsonObject().keySet().toString());
  }

  @Test
  void whatIsThereIsSkippedAndKept() throws Exception {
    List<String> lines = exported();
    lines.set(0, lines.get(0).replace("\"reward\":1.0", "\"reward\":0.25"));
    lines.add(lines.get(2).replace("r/1/1/0", "r/1/1/1"));
    Files.write(file, lines);
    assertEquals(0, take(file, source, "--json"), shell.err());
    assertEquals(
        "{\"added\":1,\"skipped\":3,\"different\":1}", json().get("experiences").toString());
    assertEquals("{\"added\":0,\"skipped\":1,\"different\":0}", json().get("lessons").toString());
    ChroniclePools.use(
        source,
        pool ->
            assertEquals(1.0, pool.experience("r/1/0/0").orElseThrow().outcome().reward(), 0.0));
    take(file, source);
    assertTrue(shell.out().contains("experiences      0        4          1"), shell.out());
    assertTrue(shell.out().contains("Different: the pool has another entry"), shell.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"step\":1 | \"step\":1.5 | step = 1.5 is not allowed; it must be a whole number from 0",
        "\"step\":1 | \"step\":99999999999 | step = 99999999999 is not allowed",
        "\"mode\":\"abstract\" | \"mode\":\"scrtch\" | mode = \"scrtch\" is not allowed; it must be scratch, reflect, abstract",
        "\"verdict\":\"failed\" | \"verdict\":null | verdict = null is not allowed; it must be scored, abstained, failed",
        "\"reward\":0.0 | \"reward\":\"0\" | reward = \"0\" is not allowed; it must be a finite number",
        "\"reward\":0.0 | \"reward\":1e999 | reward = 1e999 is not allowed; it must be a finite number",
        "\"lessons\":[ | \"lessons\":[1, | lessons = [1,",
        "\"finished\":true | \"finished\":1 | finished = 1 is not allowed; it must be true or false",
        "\"id\":\"r/1/1/0\" | \"id\":\" \" | id = \" \" is not allowed",
        "\"attempt\":\"answer 8\", | '' | the key attempt is missing",
        "\"run\": | \"runn\": | the key run is missing",
        "\"run\": | \"runn\":0,\"run\": | a line of type experience has no key runn",
        "\"type\":\"experience\" | \"type\":\"trial\" | type = \"trial\" is not allowed; it must be experience or lesson",
        "\"step\":1 | step:1 | is not a JSON object",
        "\"step\":1 | \"step\":1,\"step\":1 | the key step is given twice",
        "\"reward\":0.0 | \"reward\":0.0,\"rew\\u0061rd\":1.0 | the key reward is given twice",
        "\"lessons\":[ | \"lessons\":[{\"a\":1}, | lessons = [{",
      })
  void aBadLineIsNamedAndNothingIsImported(String good, String bad, String said) throws Exception {
    List<String> lines = exported();
    assertTrue(lines.get(2).contains(good), lines.get(2));
    lines.set(2, lines.get(2).replace(good, bad));
    Files.write(file, lines);
    Path copy = home.resolve("copy");
    assertEquals(1, take(file, copy));
    assertTrue(shell.err().startsWith("lanpo: %s, line 3".formatted(file)), shell.err());
    assertTrue(shell.err().contains(said), shell.err());
    assertFalse(Files.exists(copy));
  }

  @Test
  void aFileThatBreaksOffIsNamed() throws Exception {
    exported();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 40));
    Path copy = home.resolve("copy");
    assertEquals(1, take(file, copy));
    assertTrue(shell.err().contains("line 4: the last line breaks off"), shell.err());
    assertFalse(Files.exists(copy));
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
    assertEquals(0, take(file, copy), "only the line break is missing");
  }

  @Test
  void aFileThatIsNoTextOrNotThereIsASentence() throws Exception {
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertEquals(1, take(file, home.resolve("copy")));
    assertTrue(shell.err().contains("is not UTF-8 text"), shell.err());
    assertEquals(1, take(home.resolve("nosuch"), home.resolve("copy")));
    assertTrue(shell.err().contains("there is no file " + home.resolve("nosuch")), shell.err());
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyByForce() throws Exception {
    Files.writeString(file, "precious");
    assertEquals(1, export(source, file));
    assertTrue(shell.err().contains("is there already"), shell.err());
    assertEquals("precious", Files.readString(file));
    assertEquals(0, export(source, file, "--force"), shell.err());
    assertEquals(4, Files.readAllLines(file, StandardCharsets.UTF_8).size());
    assertFalse(Files.exists(home.resolve("memory.jsonl.new")));
    assertEquals(1, export(source, home.resolve("no/such/folder")));
    assertTrue(shell.err().contains("cannot be written"), shell.err());
  }

  @Test
  void aPoolThatIsTooSmallIsNotOverrun() throws Exception {
    ChroniclePools.use(
        source,
        pool ->
            pool.add(
                IntStream.range(0, 20)
                    .mapToObj(
                        i ->
                            ChroniclePools.trial(
                                "r/2/" + i, FeedbackMode.SCRATCH, Outcome.Kind.SCORED, 0, "no"))
                    .toList()));
    exported();
    String copy = home.resolve("copy").toString();
    String[] words = {"pool", "import", file.toString(), "--pool", copy, "--set", "capacity=12"};
    assertEquals(1, shell.run(words));
    assertTrue(shell.err().contains("23 new ones would push out 11"), shell.err());
    assertTrue(shell.err().contains("--set capacity=23"), shell.err());
    List<String> forced = new ArrayList<>(List.of(words));
    forced.add("--force");
    assertEquals(0, shell.run(forced.toArray(String[]::new)), shell.err());
    assertTrue(shell.out().contains("11 experiences and 0 lessons made room."), shell.out());
  }

  @Test
  void lessonsThatMadeRoomAreTold() throws Exception {
    ChroniclePools.use(
        source,
        pool ->
            pool.addLessons(
                IntStream.range(0, 6)
                    .mapToObj(i -> ChroniclePools.lesson("l-" + i, "lesson " + i))
                    .toList()));
    exported();
    assertEquals(0, take(file, home.resolve("copy"), "--set=lessons=5"), shell.err());
    assertTrue(shell.out().contains("lessons          7        0          0"), shell.out());
    assertTrue(shell.out().contains("0 experiences and 2 lessons made room."), shell.out());
    take(file, home.resolve("copy"), "--set=lessons=5", "--json");
    assertEquals(2, json().get("evictedLessons").getAsInt(), shell.out());
  }

  @Test
  void aFolderThatIsNoPoolIsLeftAsItIs() throws Exception {
    exported();
    Path theirs = home.resolve("theirs");
    for (String name : List.of("building/a", "checking/b", "data-1/c")) {
      Files.createDirectories(theirs.resolve(name).getParent());
      Files.writeString(theirs.resolve(name), "mine");
    }
    assertEquals(1, take(file, theirs));
    assertTrue(
        shell.err().contains(theirs + " is not empty, and there is no pool in it"), shell.err());
    for (String command : List.of("stats", "check", "lessons")) {
      assertEquals(1, shell.run("pool", command, "--pool", theirs.toString()));
      assertTrue(shell.err().contains("there is no pool in " + theirs), shell.err());
    }
    for (String name : List.of("building/a", "checking/b", "data-1/c")) {
      assertEquals("mine", Files.readString(theirs.resolve(name)));
    }
    assertEquals(3, theirs.toFile().list().length);
  }

  @Test
  void lookingMakesNoPool() throws Exception {
    Path empty = Files.createDirectories(home.resolve("empty"));
    assertEquals(1, shell.run("pool", "stats", "--pool", empty.toString()));
    assertTrue(shell.err().contains("there is no pool in " + empty), shell.err());
    assertEquals(0, empty.toFile().list().length);
  }

  @Test
  void importAsksForATarget() throws Exception {
    exported();
    assertEquals(2, shell.run("pool", "import", file.toString()));
    assertTrue(shell.err().contains("say which pool"), shell.err());
  }
}
