package io.lanpo.shell.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandHarness;
import io.lanpo.shell.command.FakeTrainingService;
import io.lanpo.shell.command.component.FakeCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script in a real bash, as it calls it when Tab is pressed. */
@Timeout(300)
class CompletionScriptTest {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path folder;
  private final CommandHarness platform = new CommandHarness();

  @BeforeEach
  void print() throws Exception {
    assumeTrue(Files.isExecutable(BASH), "NOT TESTED: there is no bash here");
    platform.home = folder.resolve("runtime");
    platform.var = folder.resolve("var");
    platform.with(TrainingService.class, new FakeTrainingService());
    platform.with(
        ComponentCatalogue.class,
        new FakeCatalogue().with("critique", "b", Condition.READY, List.of()));
    assertEquals(0, platform.run("completion", "bash"), platform.err());
    Files.writeString(folder.resolve("script"), platform.out());
    for (String file :
        List.of(
            "runtime/configs/io.lanpo.run~micro.cfg",
            "runtime/configs/io.lanpo.run~micro-grpo.cfg",
            "runtime/runs/micro-1/run.json",
            "runtime/runs/micro-1/checkpoints/step-000040/checkpoint.json",
            "runtime/runs/none/other.json",
            "var/pools/arith/pool.log",
            "bundles/io.lanpo.demo/pom.xml",
            "work/small.gguf",
            "work/train.jsonl")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.createFile(folder.resolve(file));
    }
  }

  private List<String> complete(String line) throws Exception {
    String press =
        """
        . "$1"
        COMP_LINE=$2 COMP_POINT=${#2} COMP_WORDBREAKS=$' \\t\\n"=:'
        _lanpo
        printf '%s\\n' "${COMPREPLY[@]}"
        """;
    Process bash =
        new ProcessBuilder(
                BASH.toString(), "-c", press, "bash", folder.resolve("script").toString(), line)
            .directory(folder.resolve("work").toFile())
            .redirectErrorStream(true)
            .start();
    bash.getOutputStream().close();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), said);
    return said.lines().filter(word -> !word.isEmpty()).sorted().toList();
  }

  @Test
  void commandsAndTheirSubcommandsAndOptionsAreCompleted() throws Exception {
    assertEquals(List.of("train"), complete("runtime/bin/lanpo tr"));
    assertEquals(List.of("search", "show", "stats"), complete("lanpo pool s"));
    assertEquals(List.of("--dashboard", "--debug"), complete("lanpo train micro --d"));
    assertEquals(List.of("bash", "zsh"), complete("lanpo completion "));
  }

  @Test
  void whatIsInFoldersIsLookedUpWhenTabIsPressed() throws Exception {
    assertEquals(List.of("micro", "micro-grpo"), complete("lanpo train "));
    assertEquals(List.of("micro-1"), complete("lanpo resume "));
    assertEquals(List.of("micro-1"), complete("lanpo compare micro-1 m"));
    assertEquals(List.of("step-000040"), complete("lanpo resume micro-1 --checkpoint "));
    assertEquals(List.of("arith"), complete("lanpo pool stats --pool "));
    assertEquals(List.of("io.lanpo.demo"), complete("lanpo dev swap io."));
    assertEquals(List.of("small.gguf", "train.jsonl"), complete("lanpo pool import "));
    assertEquals(List.of("small.gguf"), complete("lanpo eval --model "));
  }

  @Test
  void settingsAreCompletedBehindTheirKeyAsBashReplacesIt() throws Exception {
    assertEquals(List.of("loss.aggregation="), complete("lanpo train micro --set lo"));
    assertEquals(List.of("policy.chat."), complete("lanpo train micro --set policy."));
    assertEquals(
        List.of("dr-grpo", "token-mean"), complete("lanpo train micro --set loss.aggregation="));
    assertEquals(List.of("token-mean"), complete("lanpo train --set=loss.aggregation=t"));
    assertEquals(List.of("train.jsonl"), complete("lanpo train micro --set pool.name=t"));
    assertEquals(List.of("zero-shot,reflect"), complete("lanpo eval --modes zero-shot,ref"));
    assertEquals(List.of("critique"), complete("lanpo why c"));
  }
}
