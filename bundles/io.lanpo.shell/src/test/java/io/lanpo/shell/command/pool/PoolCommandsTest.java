package io.lanpo.shell.command.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.feedback.Lesson;
import io.lanpo.api.pool.LessonUse;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandHarness;
import io.lanpo.shell.command.FakeTrainingService;
import io.lanpo.shell.dispatch.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PoolCommandsTest {
  /** Scores by the share of the query's words that a question has. */
  private static final SimilarityFilter OVERLAP =
      corpus ->
          (query, candidates) ->
              candidates.stream()
                  .mapToDouble(
                      c ->
                          Arrays.stream(query.text().split(" "))
                                  .filter(List.of(c.text().split(" "))::contains)
                                  .count()
                              / (double) query.text().split(" ").length)
                  .toArray();

  @TempDir Path home;
  private final FakeTrainingService training = new FakeTrainingService();
  private final FakePool pool = new FakePool();
  private final CommandHarness shell =
      new CommandHarness()
          .with(TrainingService.class, training)
          .with(PoolStore.class, "chronicle", pool)
          .with(SimilarityFilter.class, "lexical", OVERLAP)
          .with(
              SimilarityFilter.class,
              "flat",
              corpus -> (query, candidates) -> new double[candidates.size()]);

  @BeforeEach
  void oneRunWithAPoolOfItsOwnAndOneWithASharedPool() throws Exception {
    shell.var = home.resolve("var");
    run("new-2", Map.of("pool", "chronicle", "pool.name", "", "pool.capacity", "77"));
    run(
        "old-1",
        Map.of(
            "pool",
            "chronicle",
            "pool.name",
            "arith",
            "pool.capacity",
            "55",
            "similarity",
            "flat"));
    Files.createDirectories(home.resolve("new-2/pool"));
    Files.createDirectories(home.resolve("var/pools/arith"));
  }

  private void run(String id, Map<String, String> settings) {
    training.runs.add(
        new RunSummary(
            id,
            "micro",
            RunState.STOPPED,
            1,
            2,
            Instant.EPOCH,
            home.resolve(id),
            "",
            settings,
            Map.of(),
            null));
  }

  @Test
  void statsOfTheNewestRunByDefault() {
    assertEquals(0, shell.run("pool", "stats"));
    assertEquals(home.resolve("new-2/pool"), pool.folder);
    assertTrue(shell.out().contains("capacity      77 experiences"), shell.out());
    assertTrue(shell.out().contains("size on disk  4.2 MB"), shell.out());
    assertTrue(shell.out().contains("77 experiences, 4 % full"), shell.out());
    assertTrue(shell.out().contains("lessons       1, of which 1 have been shown"), shell.out());
    assertTrue(shell.out().contains("micro-1            3        1"), shell.out());
    assertFalse(pool.open);
    assertEquals(0, shell.held.get());
  }

  @Test
  void aRunsSharedPoolIsOpenedWithThatRunsSettings() {
    shell.run("pool", "stats", "--run", "old", "--json");
    assertEquals(home.resolve("var/pools/arith"), pool.folder);
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    assertEquals(55, document.get("capacity").getAsLong());
    assertEquals(3, document.getAsJsonObject("perRun").get("micro-1").getAsLong());
    shell.run("pool", "stats", "--pool", "arith");
    assertEquals(55, pool.settings.get(FakePool.CAPACITY));
  }

  @Test
  void aFolderOfNoKnownRunIsOpenedWithTheDefaults() throws Exception {
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
    assertEquals(0, shell.run("pool", "stats", "--pool", elsewhere.toString()));
    assertEquals(1000, pool.settings.get(FakePool.CAPACITY));
  }

  @Test
  void aPoolThatDoesNotExistIsNotMade() {
    assertEquals(1, shell.run("pool", "stats", "--pool", "nosuch"));
    assertTrue(shell.err().contains("there is no pool in " + home.resolve("var/pools/nosuch")));
    assertNull(pool.folder);
    assertFalse(Files.exists(home.resolve("var/pools/nosuch")));
    assertEquals(2, shell.run("pool", "stats", "--pool", "x", "--run", "y"));
    assertTrue(shell.err().contains("exclude each other"), shell.err());
  }

  @Test
  void withoutARunTheSentenceSaysHowToGetOne() {
    training.runs.clear();
    assertEquals(1, shell.run("pool", "stats"));
    assertTrue(shell.err().contains("lanpo train micro"), shell.err());
  }

  @Test
  void showPrintsAnExperienceWithItsLessonsInert() {
    assertEquals(0, shell.run("pool", "show", "e-100"));
    assertTrue(shell.out().contains("verdict     reward 1, group mean 0.500"), shell.out());
    assertTrue(shell.out().contains("\nattempt\nfirst line\nanswer 8\n"), shell.out());
    assertTrue(shell.out().contains("\nlesson l-1\nadd the \\x1b[31mspeeds\n"), shell.out());
    shell.run("pool", "show", "e-2", "--json");
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    assertEquals("e-200", document.get("experience").getAsString());
    assertEquals("first line\nanswer 8", document.get("attempt").getAsString());
  }

  @Test
  void showPrintsALessonWithItsUse() {
    assertEquals(0, shell.run("pool", "show", "l-"));
    assertTrue(shell.out().contains("shown 12 times, accepted 9, better than its group 7"));
    shell.run("pool", "show", "l-1", "--json");
    assertEquals(
        12, JsonParser.parseString(shell.out()).getAsJsonObject().get("shown").getAsLong());
  }

  @Test
  void showOfAProblemListsItsAttempts() {
    assertEquals(0, shell.run("pool", "show", "q-trains"));
    List<String> lines = shell.out().lines().toList();
    assertEquals("two trains meet", lines.get(0));
    assertEquals(
        "e-101          2  abstract  reward 0, group mean 0.500  first line\\nanswer 8",
        lines.get(4));
    shell.run("pool", "show", "q-trains", "--json");
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    assertEquals(2, document.getAsJsonArray("attempts").size());
  }

  @Test
  void anIdThatIsNotOneIsASentence() {
    assertEquals(1, shell.run("pool", "show", "e-1"));
    assertTrue(shell.err().contains("e-100, e-101"), shell.err());
    assertEquals(1, shell.run("pool", "show", "zzz"));
    assertTrue(shell.err().contains("nothing with the id zzz"), shell.err());
    assertFalse(pool.open);
  }

  @Test
  void searchRanksByScoreAndShowsAttemptsAndLessons() {
    assertEquals(0, shell.run("pool", "search", "two trains"));
    List<String> lines = shell.out().lines().toList();
    assertTrue(
        lines.get(1).matches("1\\.000 +2 +0\\.500  q-trains +two trains meet"), lines.get(1));
    assertEquals("", lines.get(2), "a problem that has nothing to do with it is not shown");
    assertTrue(shell.out().contains("1.000  l-1        12  add the \\x1b[31mspeeds"), shell.out());
    shell.run("pool", "search", "two", "trains", "--k", "1", "--json");
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    JsonArray problems = document.getAsJsonArray("problems");
    assertEquals(1, problems.size());
    assertEquals(1.0, problems.get(0).getAsJsonObject().get("score").getAsDouble());
    assertEquals("two trains", document.get("text").getAsString());
  }

  @Test
  void searchTakesTheFilterOfTheRun() {
    assertEquals("lexical", filterOf("--run", "new-2"));
    assertEquals("flat", filterOf("--run", "old-1"));
    assertEquals("flat", filterOf("--pool", "arith"));
    assertEquals("lexical", filterOf("--run", "old-1", "--filter", "lexical"));
  }

  private String filterOf(String... options) {
    List<String> words = new ArrayList<>(List.of("pool", "search", "two trains", "--json"));
    words.addAll(List.of(options));
    assertEquals(0, shell.run(words.toArray(String[]::new)), shell.err());
    return JsonParser.parseString(shell.out()).getAsJsonObject().get("filter").getAsString();
  }

  @Test
  void searchInPagesSaysHowToGoOn() {
    shell.run("pool", "search", "two apples", "it's", "--k=1");
    assertTrue(shell.out().contains("q-apples"), shell.out());
    assertFalse(shell.out().contains("q-trains"), shell.out());
    assertTrue(
        shell
            .out()
            .endsWith(
                "showing 1–1 of 2; next: lanpo pool search 'two apples' 'it'\\''s' --k=1 --page"
                    + " 2\n"),
        shell.out());
    shell.run("pool", "search", "two apples", "--k", "1", "--page", "2");
    assertTrue(shell.out().contains("q-trains"), shell.out());
    assertTrue(shell.out().endsWith("showing 2–2 of 2; that is all\n"), shell.out());
    shell.run("pool", "search", "two apples", "--k", "1", "--page=2", "--json");
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    assertEquals(2, document.get("total").getAsInt());
    assertEquals(2, document.get("page").getAsInt());
    assertEquals(2, shell.run("pool", "search", "two apples", "--page", "9"));
    assertTrue(shell.err().contains("2 entries make 1 page(s)"), shell.err());
    assertEquals(0, shell.run("pool", "search", "nosuch", "--page", "9"));
    assertTrue(shell.out().startsWith("No problem of the pool"), shell.out());
    assertEquals(2, shell.run("pool", "search", "x", "--page", "0"));
    assertTrue(shell.err().contains("--page = 0 is not allowed"), shell.err());
  }

  @Test
  void searchMarksTheWordsOnATerminal() {
    shell.colour = true;
    shell.run("pool", "search", "TRAINS meet");
    assertTrue(
        shell.out().contains("two \u001b[1;33mtrains\u001b[0m \u001b[1;33mmeet\u001b[0m"),
        shell.out());
  }

  @Test
  void searchLooksOnlyAtTheAttemptsThatAreAskedFor() {
    assertEquals(0, shell.run("pool", "search", "two three", "--verdict", "wrong"));
    List<String> lines = shell.out().lines().toList();
    assertTrue(lines.get(1).matches("0\\.500 +1 +0\\.000  q-trains .*"), lines.get(1));
    assertEquals("", lines.get(2));
    shell.run("pool", "search", "two three", "--problem", "q-apples");
    assertFalse(shell.out().contains("q-trains"), shell.out());
    for (String[] none :
        new String[][] {{"--from", "other"}, {"--mode", "scratch"}, {"--verdict", "failed"}}) {
      assertEquals(0, shell.run("pool", "search", "two", none[0], none[1]));
      assertTrue(shell.out().startsWith("No problem of the pool has to do with it"), shell.out());
    }
    assertEquals(2, shell.run("pool", "search", "two", "--verdict", "good"));
    assertTrue(
        shell.err().contains("--verdict = good is not allowed; it must be right, wrong, abst"),
        shell.err());
    shell.run("pool", "show", "q-trains", "--verdict", "right");
    assertTrue(shell.out().contains("e-100"), shell.out());
    assertFalse(shell.out().contains("e-101"), shell.out());
    shell.run("pool", "show", "q-trains", "--k", "1");
    assertTrue(
        shell.out().endsWith("showing 1–1 of 2; next: lanpo pool show q-trains --k 1 --page 2\n"),
        shell.out());
  }

  @Test
  void lessonsAreListedWithTheirUse() {
    pool.lesson("l-2", Lesson.Kind.PITFALL, "do not add prices", "other-1");
    pool.lesson("l-3", Lesson.Kind.PRINCIPLE, "add prices", "other-1");
    assertEquals(0, shell.run("pool", "lessons"));
    List<String> lines = shell.out().lines().toList();
    assertEquals("lesson  kind       shown  accepted  better  text", lines.get(0));
    assertEquals("l-3     principle     12      75 %    58 %  add prices", lines.get(1));
    assertTrue(lines.get(3).endsWith("add the \\x1b[31mspeeds"), lines.get(3));
    assertEquals(List.of("l-1", "l-2", "l-3"), lessons("--sort", "oldest"));
    assertEquals(List.of("l-2"), lessons("--kind", "pitfall"));
    assertEquals(List.of("l-3", "l-2"), lessons("--from", "other"));
    assertEquals(List.of("l-3", "l-2"), lessons("PRICES", "add"));
    assertEquals(List.of(), lessons("price"));
    assertEquals(List.of(), lessons("--problem", "q-apples"));
    assertEquals(List.of("l-2"), lessons("--k", "1", "--page", "2"));
    assertEquals(2, shell.run("pool", "lessons", "--sort", "best"));
    assertTrue(shell.err().contains("must be newest, oldest, shown, better"), shell.err());
    shell.run("pool", "lessons", "nosuch");
    assertEquals("The pool has no such lesson.\n", shell.out());
  }

  @Test
  void lessonsThatServedBestComeFirst() {
    pool.lesson("l-2", Lesson.Kind.PITFALL, "rarely", "other-1");
    pool.lesson("l-3", Lesson.Kind.PRINCIPLE, "never", "other-1");
    pool.uses.put("rarely", new LessonUse(2, 2, 2));
    pool.uses.put("never", new LessonUse(0, 0, 0));
    assertEquals(List.of("l-2", "l-1", "l-3"), lessons("--sort", "better"));
    assertEquals(List.of("l-1", "l-2", "l-3"), lessons("--sort", "shown"));
  }

  private List<String> lessons(String... options) {
    List<String> words = new ArrayList<>(List.of("pool", "lessons", "--json"));
    words.addAll(List.of(options));
    assertEquals(0, shell.run(words.toArray(String[]::new)), shell.err());
    return JsonParser.parseString(shell.out())
        .getAsJsonObject()
        .getAsJsonArray("lessons")
        .asList()
        .stream()
        .map(l -> l.getAsJsonObject().get("lesson").getAsString())
        .toList();
  }

  @Test
  void everyPoolCommandHasAnExample() {
    CommandLine pools = Commands.all().build("pool", shell.context());
    assertEquals(9, pools.getSubcommands().size());
    pools
        .getSubcommands()
        .forEach(
            (name, command) ->
                assertTrue(
                    Arrays.stream(command.getCommandSpec().usageMessage().footer())
                        .anyMatch(f -> f.startsWith("  lanpo pool " + name)),
                    name));
  }

  @Test
  void aScriptGetsAllLessons() {
    for (int i = 0; i < 30; i++) {
      pool.lesson("m-" + i, Lesson.Kind.PITFALL, "many " + i, "other-1");
    }
    assertEquals(31, lessons().size());
    assertEquals(5, lessons("--k", "5").size());
    shell.run("pool", "lessons");
    assertTrue(
        shell.out().endsWith("showing 1–20 of 31; next: lanpo pool lessons --page 2\n"),
        shell.out());
  }

  @Test
  void searchRefusesAnUnknownFilterAndAnEmptyK() {
    assertEquals(1, shell.run("pool", "search", "x", "--filter", "lexcial"));
    assertTrue(shell.err().contains("Did you mean lexical?"), shell.err());
    assertEquals(2, shell.run("pool", "search", "x", "--k", "0"));
    assertTrue(shell.err().contains("--k = 0 is not allowed"), shell.err());
  }
}
