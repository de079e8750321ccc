package io.lanpo.shell.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandHarness;
import io.lanpo.shell.command.FakeTrainingService;
import io.lanpo.shell.command.component.FakeCatalogue;
import io.lanpo.shell.dispatch.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

class LineCompleterTest {
  @TempDir Path folder;
  private final CommandHarness platform = new CommandHarness();
  private final FakeTrainingService training = new FakeTrainingService();
  private final CommandLine commands = Commands.all().tree(platform.context());

  @BeforeEach
  void start() {
    platform.home = folder.resolve("runtime");
    platform.var = folder.resolve("var");
    training.runs.add(FakeTrainingService.summary("micro-2", RunState.RUNNING, null));
    training.runs.add(FakeTrainingService.summary("micro-1", RunState.FINISHED, null));
    platform.with(TrainingService.class, training);
    platform.with(
        ComponentCatalogue.class,
        new FakeCatalogue().with("critique", "b", Condition.READY, List.of()));
  }

  /** What the last word of a line may become; only what begins like it. */
  private List<String> complete(String line) throws InterruptedException {
    List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
    String word = words.remove(words.size() - 1);
    ServiceValues values = new ServiceValues(platform, platform.context().installation());
    return new LineCompleter(commands, values)
        .complete(words, word).stream()
            .map(Choice::value)
            .filter(value -> value.startsWith(word))
            .toList();
  }

  @Test
  void aGroupOffersItsSubcommandsAndNothingElse() throws Exception {
    assertEquals(
        List.of(
            "stats", "show", "search", "lessons", "export", "import", "check", "diff", "rebuild"),
        complete("pool "));
    assertEquals(List.of("show", "tag", "note", "group"), complete("run "));
    assertEquals(List.of("swap"), complete("dev "));
    assertEquals(List.of("runs", "run", "resume"), complete("r"));
  }

  @Test
  void anArgumentOffersWhatTheCommandTakes() throws Exception {
    assertEquals(List.of("micro", "micro-grpo"), complete("train "));
    assertEquals(List.of(), complete("train micro "));
    assertEquals(List.of("micro-2", "micro-1"), complete("resume "));
    assertEquals(List.of("micro-2", "micro-1"), complete("run show "));
    assertEquals(List.of("micro-2", "micro-1"), complete("compare micro-2 "), "any number of runs");
    assertEquals(List.of("critique"), complete("why "));
    assertEquals(List.of("bash", "zsh"), complete("completion "));
    assertEquals(
        List.of("search", "show", "stats"), complete("help pool s").stream().sorted().toList());
  }

  @Test
  void anOptionThatIsGivenIsNotOfferedAgainUnlessItMayBeRepeated() throws Exception {
    assertEquals(List.of("--dashboard"), complete("train micro --da"));
    assertEquals(List.of(), complete("train micro --dashboard --da"));
    assertEquals(List.of("--set"), complete("train micro --set seed=1 --set"));
  }

  @Test
  void theValueOfAnOptionIsOfferedAlone() throws Exception {
    assertEquals(List.of("scratch", "reflect", "abstract"), complete("pool search x --mode "));
    assertEquals(List.of("--mode=reflect"), complete("pool search x --mode=r"));
    assertEquals(
        List.of("right", "wrong", "abstained", "failed"), complete("pool show 1 --verdict "));
    assertEquals(List.of("micro-2", "micro-1"), complete("pool stats --run "));
    assertEquals(List.of("held-out", "training", "all"), complete("eval micro-1 --part "));
    assertEquals(
        List.of("zero-shot,reflect", "zero-shot,retrieve", "zero-shot,retrieve-reflect"),
        complete("eval micro-1 --modes zero-shot,re"));
    assertEquals(List.of(), complete("dashboard --port "));
  }

  @Test
  void aSettingIsCompletedKeyFirstAndThenByItsAllowedWords() throws Exception {
    assertEquals(
        List.of("steps=", "loss.aggregation=", "pool.name=", "policy.chat."),
        complete("train micro --set "));
    assertEquals(
        List.of("loss.aggregation=token-mean", "loss.aggregation=dr-grpo"),
        complete("train micro --set loss.aggregation="));
    assertEquals(
        List.of("aggregation=dr-grpo"), complete("train micro --set aggregation=d"), "a last part");
    assertEquals(List.of("steps=40"), complete("train micro --set steps="), "what it is now");
    assertEquals(List.of("steps="), complete("resume micro-1 --set "));
    Files.createDirectories(folder.resolve("var/pools/arith"));
    assertEquals(List.of("pool.name=arith"), complete("train micro --set pool.name="));
    assertEquals(List.of(), complete("train micro --set nothing="));
  }

  @Test
  void filesAreOfferedAFolderAtATime() throws Exception {
    Files.createDirectories(folder.resolve("data/more"));
    Files.createFile(folder.resolve("data/train.jsonl"));
    Files.createFile(folder.resolve("data/.hidden"));
    assertEquals(
        List.of(folder + "/data/more/", folder + "/data/train.jsonl"),
        complete("pool import " + folder + "/data/"));
    Files.createFile(folder.resolve("data/small.gguf"));
    assertEquals(
        List.of(folder + "/data/more/", folder + "/data/small.gguf"),
        complete("eval x --model " + folder + "/data/"));
  }

  @Test
  void bundlesOfTheCheckoutAreOfferedForASwap() throws Exception {
    Files.createDirectories(folder.resolve("bundles/io.lanpo.demo"));
    Files.createFile(folder.resolve("bundles/io.lanpo.demo/pom.xml"));
    Files.createDirectories(folder.resolve("bundles/target"));
    assertEquals(List.of("io.lanpo.demo"), complete("dev swap io.lanpo."));
  }

  @Test
  void withoutAServiceNothingIsOffered() throws Exception {
    CommandHarness bare = new CommandHarness();
    LineCompleter completer =
        new LineCompleter(commands, new ServiceValues(bare, bare.context().installation()));
    assertEquals(List.of(), completer.complete(List.of("train"), ""));
    assertEquals(List.of(), completer.complete(List.of("train", "micro", "--set"), ""));
  }

  /** A value that Tab cannot offer is so on purpose: it is a number or a text. */
  @Test
  void everyArgumentThatNamesSomethingSaysWhat() {
    List<String> undeclared = new ArrayList<>();
    collect(commands, undeclared);
    assertEquals(
        List.of(
            "--answer-field",
            "--by",
            "--gold",
            "--gold-field",
            "--host",
            "--k",
            "--key-fields",
            "--layout",
            "--memory",
            "--page",
            "--port",
            "--prediction-field",
            "--problem",
            "--problem-field",
            "--problems",
            "--processes",
            "--profile",
            "--response",
            "--samples",
            "--seed",
            "--seeds",
            "--threads",
            "--variants",
            "ID",
            "NAME",
            "TAG",
            "TEXT",
            "WORD"),
        undeclared.stream().distinct().sorted().toList());
  }

  private static void collect(CommandLine command, List<String> undeclared) {
    command.getCommandSpec().options().stream()
        .filter(TypedLine::takesValue)
        .filter(option -> TypedLine.completes(option).isEmpty())
        .forEach(option -> undeclared.add(option.longestName()));
    command.getCommandSpec().positionalParameters().stream()
        .filter(argument -> TypedLine.completes(argument).isEmpty())
        .map(ArgSpec::paramLabel)
        .forEach(undeclared::add);
    command.getSubcommands().values().forEach(each -> collect(each, undeclared));
  }
}
