package io.lanpo.shell.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandHarness;
import io.lanpo.shell.command.FakeTrainingService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DispatcherTest {
  private final FakeTrainingService training = new FakeTrainingService();
  private final CommandHarness shell = new CommandHarness().with(TrainingService.class, training);

  @Test
  void anUnknownCommandIs127WithTheNearestNamesAndAsksNoService() {
    assertEquals(127, new CommandHarness().run("trian", "micro"));
    CommandHarness empty = new CommandHarness();
    empty.run("trian");
    assertEquals(
        "lanpo: there is no command trian\n       Did you mean train? 'lanpo help' lists them all.\n",
        empty.err());
    assertEquals("", empty.out());
  }

  @ParameterizedTest
  @CsvSource({
    "train, Missing required parameter: 'RUN'",
    "train micro extra, Unmatched argument",
    "train micro --set seed, KEY=VALUE",
    "train micro --sett=seed=1, Unknown option: '--sett=seed=1'",
    "eval x --samples many, 'many' is not an int",
    "eval x --modes zero, 'zero' is not one of zero-shot",
    "pool, stats",
    "run, run show ID",
    "pool search, Missing required parameter",
  })
  void wrongUsageIs2WithASentenceAndTheWayToHelp(String words, String said) {
    assertEquals(2, shell.run(words.split(" ")));
    assertTrue(shell.err().startsWith("lanpo: ") && shell.err().contains(said), shell.err());
    assertTrue(shell.err().contains("--help' shows how to use it."), shell.err());
    assertEquals("", shell.out());
    assertEquals(2, shell.err().lines().count(), shell.err());
  }

  @Test
  void aMistypedOptionIsAnsweredWithTheNearest() {
    shell.run("train", "micro", "--sett", "seed=1");
    assertTrue(shell.err().contains("--set"), shell.err());
  }

  @Test
  void whatAUserCanMendIsASentenceAndANextStepWithoutAStackTrace() {
    assertEquals(1, shell.run("train", "mcro"));
    assertEquals(
        "lanpo: there is no run configuration named mcro\n       Did you mean micro?\n",
        shell.err());
    assertEquals(0, shell.held.get());
  }

  @Test
  void debugShowsTheStackTraceToo() {
    shell.run("--debug", "train", "mcro");
    assertTrue(shell.err().contains("\tat io.lanpo"), shell.err());
    assertTrue(shell.err().contains("lanpo: there is no run configuration named mcro"));
  }

  @Test
  void anyOtherExceptionIsAnInternalErrorThatPointsToTheLog() {
    training.failure = new IllegalStateException("odd");
    assertEquals(1, shell.run("train", "micro"));
    assertTrue(shell.err().contains("lanpo: internal error: java.lang.IllegalStateException: odd"));
    assertTrue(shell.err().contains("Details are in var/log/lanpo.log; --debug shows them here."));
    assertFalse(shell.err().contains("\tat "), shell.err());
  }

  @Test
  void anErrorOfTheJvmIsReportedLikeAnException() {
    CommandHarness broken = new CommandHarness();
    broken.with(TrainingService.class, new BrokenTrainingService().service());
    assertEquals(1, broken.run("runs"));
    assertTrue(broken.err().contains("internal error: java.lang.NoClassDefFoundError"));
  }

  @Test
  void aFullDiskIsNamedWhereverItIsBuried() {
    training.failure =
        new UncheckedIOException(new IOException("/runs/x: No space left on device"));
    assertEquals(1, shell.run("train", "micro"));
    assertTrue(shell.err().startsWith("lanpo: the disk is full: "), shell.err());
  }

  @Test
  void escapesInAMessageAreInert() {
    training.failure = new UserException("bad value \u001b[2J", "");
    shell.run("train", "micro");
    assertEquals("lanpo: bad value \\x1b[2J\n", shell.err());
  }

  @Test
  void withJsonAFailureIsADocumentToo() {
    assertEquals(1, shell.run("train", "mcro", "--json"));
    JsonObject document = JsonParser.parseString(shell.out()).getAsJsonObject();
    assertEquals("there is no run configuration named mcro", document.get("error").getAsString());
    assertEquals(1, document.get("exitCode").getAsInt());
    assertEquals(127, shell.run("--json", "trian"));
    assertEquals(
        127, JsonParser.parseString(shell.out()).getAsJsonObject().get("exitCode").getAsInt());
  }

  static List<String> names() {
    return Commands.all().names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyCommandExplainsItselfWithExamples(String name) {
    CommandHarness nothing = new CommandHarness();
    assertEquals(0, nothing.run("help", name));
    String help = nothing.out();
    assertTrue(help.startsWith("Usage: lanpo " + name), help);
    assertTrue(help.contains("Examples:"), help);
    assertTrue(help.contains("  lanpo " + name), help);
    assertEquals(0, nothing.run(name, "--help"));
    assertEquals(help, nothing.out());
  }

  @Test
  void helpListsEveryCommandAndWhereToStart() {
    assertEquals(0, shell.run("help"));
    names().forEach(n -> assertTrue(shell.out().contains("  " + n + " "), n));
    assertTrue(shell.out().contains("lanpo train micro"));
    assertTrue(shell.out().lines().allMatch(line -> line.length() <= 100), shell.out());
  }

  @Test
  void helpKnowsNestedCommandsAndTheirNearestNames() {
    assertEquals(0, shell.run("help", "pool", "search"));
    assertTrue(shell.out().startsWith("Usage: lanpo pool search"), shell.out());
    assertEquals(127, shell.run("help", "pool", "serch"));
    assertTrue(shell.err().contains("Did you mean search?"), shell.err());
    assertEquals(127, shell.run("help", "trian"));
  }

  @Test
  void noCommandShowsTheOverviewOnStandardError() {
    assertEquals(2, shell.run());
    assertEquals("", shell.out());
    assertTrue(shell.err().contains("lanpo train micro"));
    assertEquals(0, shell.run("--help"));
    assertTrue(shell.out().contains("lanpo train micro"));
  }

  @Test
  void helpAndVersionAreDocumentsToo() {
    shell.run("help", "--json");
    JsonObject commands =
        JsonParser.parseString(shell.out()).getAsJsonObject().getAsJsonObject("commands");
    assertEquals(names(), List.copyOf(commands.keySet()));
    shell.run("help", "train", "--json");
    String help = JsonParser.parseString(shell.out()).getAsJsonObject().get("help").getAsString();
    assertTrue(help.startsWith("Usage: lanpo train"), help);
    shell.run("--version", "--json");
    assertEquals("{\"version\":\"0.1.0\"}\n", shell.out());
  }

  @Test
  void theVersionIsTheBundles() {
    assertEquals(0, shell.run("--version"));
    assertEquals("lanpo 0.1.0\n", shell.out());
  }

  @Test
  void aShellInsideOfACommandIsRefused() {
    assertEquals(1, shell.run("shell"));
    assertTrue(shell.err().contains("'lanpo shell' opens it"), shell.err());
  }
}
