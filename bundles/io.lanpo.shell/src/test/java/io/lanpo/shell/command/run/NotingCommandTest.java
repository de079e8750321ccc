package io.lanpo.shell.command.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.train.RunNotes;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.CommandHarness;
import io.lanpo.shell.command.FakeTrainingService;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code run tag}, {@code run note} and {@code run group}. */
final class NotingCommandTest {
  private final FakeTrainingService training = new FakeTrainingService();
  private final CommandHarness shell = new CommandHarness().with(TrainingService.class, training);

  @BeforeEach
  void aRun() {
    training.runs.add(
        FakeTrainingService.summary("micro-1", RunState.FINISHED, FakeTrainingService.result()));
  }

  private RunNotes notes() {
    return training.runs.get(0).notes();
  }

  @Test
  void tagsAreAddedOnceAndTakenAway() {
    assertEquals(0, shell.run("run", "tag", "micro", "paper", "baseline"));
    assertEquals(0, shell.run("run", "tag", "micro", "paper"));
    assertEquals(List.of("baseline", "paper"), notes().tags());
    assertEquals(0, shell.run("run", "tag", "micro", "paper", "--remove"));
    assertEquals(List.of("baseline"), notes().tags());
    assertTrue(shell.out().contains("baseline"), shell.out());
  }

  @Test
  void oneThingIsSaidAndTheOthersStay() {
    shell.run("run", "tag", "micro-1", "t");
    shell.run("run", "note", "micro-1", "looks odd");
    shell.run("run", "group", "micro-1", "ablation-1");
    assertEquals(new RunNotes("ablation-1", List.of("t"), "looks odd"), notes());
    shell.run("run", "show", "micro-1");
    assertTrue(shell.out().contains("looks odd"), shell.out());
    assertEquals(0, shell.run("run", "note", "micro-1", "", "--json"));
    JsonObject said = JsonParser.parseString(shell.out()).getAsJsonObject();
    assertEquals("", said.get("note").getAsString());
    assertEquals("ablation-1", said.get("group").getAsString());
  }

  @Test
  void aNameThatIsNotAllowedChangesNothing() {
    assertTrue(shell.run("run", "tag", "micro-1", "no space") != 0);
    assertTrue(shell.err().contains("'no space' cannot be the name"), shell.err());
    assertEquals(RunNotes.NONE, notes());
  }
}
