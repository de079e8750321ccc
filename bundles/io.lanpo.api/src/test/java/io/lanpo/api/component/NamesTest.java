package io.lanpo.api.component;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTest {
  @Test
  void offersWhatIsNearAndNothingElse() {
    List<String> keys = List.of("feedback.ratio", "feedback.floor", "feedback.lessons");
    assertEquals(List.of("feedback.ratio"), Names.nearest("feedback.ration", keys));
    assertEquals(List.of("train"), Names.nearest("tarin", List.of("train", "run", "runs")));
    assertEquals(List.of(), Names.nearest("x", List.of("train", "runs")));
  }

  @Test
  void aShortNameIsNearOnlyToOneThatDiffersInOneCharacter() {
    List<String> keys = List.of("pool", "task", "text", "seed", "model");
    assertEquals(List.of(), Names.nearest("foo", keys));
    assertEquals(List.of("pool"), Names.nearest("pol", keys));
    assertEquals(List.of("seed"), Names.nearest("sede", keys), "two are exchanged");
  }

  @Test
  void whatWasTypedMayBeABeginning() {
    List<String> runs = List.of("micro-20260102-100000", "micro-smoke-20260101-100000");
    assertEquals(List.of(runs.get(1)), Names.nearest("micro-smoky", runs));
    assertEquals(
        List.of("micro", "micro-grpo"), Names.nearest("micr", List.of("micro-grpo", "micro")));
    assertEquals(
        List.of("micro"),
        Names.nearest("micor", List.of("micro-grpo", "micro")),
        "a whole name is as near");
  }

  @Test
  void aLongListIsCut() {
    List<String> runs = IntStream.range(10, 40).mapToObj(i -> "run-" + i).toList();
    assertEquals(
        "Known: run-10, run-11, run-12, run-13, run-14, run-15, run-16, run-17, run-18, run-19,"
            + " run-20, run-21 and 18 more.",
        Names.suggestion("something-else", runs));
    assertEquals(
        "Known: policy.chat, policy.workers.",
        Names.suggestion(
            "policy.full-of-surprises",
            List.of("abstraction", "policy.workers", "policy.chat", "task")));
    assertEquals("Known: a, b.", Names.suggestion("zebra.full-of-surprises", List.of("b", "a")));
    assertEquals("There are none.", Names.suggestion("a", List.of()));
  }
}
