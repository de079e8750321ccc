package io.lanpo.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
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
  private final SmallTraining training = new SmallTraining();
  private final SmallPool pool = new SmallPool();
  private final Harness shell =
      new Harness()
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
    assertEquals(55, pool.settings.integer("capacity"));
  }

  @Test
  void aFolderOfNoKnownRunIsOpenedWithTheDefaults() throws Exception {
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
    assertEquals(0, shell.run("pool", "stats", "--pool", elsewhere.toString()));
    assertEquals(1000, pool.settings.integer("capacity"));
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
    assertTrue(shell.out().contains("shown 12 times, rewarded 9, better than its group 7"));
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
    assertTrue(lines.get(2).startsWith("0.000 "), lines.get(2));
    assertTrue(shell.out().contains("1.000  l-1     add the \\x1b[31mspeeds"), shell.out());
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
  void searchRefusesAnUnknownFilterAndAnEmptyK() {
    assertEquals(1, shell.run("pool", "search", "x", "--filter", "lexcial"));
    assertTrue(shell.err().contains("Did you mean lexical?"), shell.err());
    assertEquals(2, shell.run("pool", "search", "x", "--k", "0"));
    assertTrue(shell.err().contains("--k = 0 is not allowed"), shell.err());
  }
}
