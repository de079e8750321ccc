package io.lanpo.policy.djl.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.policy.Sequence;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchPlannerTest {
  private static Sequence sequence(int prompt, int completion, int seed) {
    return new Sequence(TinyDecoders.tokens(prompt, seed), TinyDecoders.tokens(completion, 99));
  }

  @Test
  void sequencesWithOnePromptAreGrouped() {
    List<PromptGroup> groups =
        PromptGroup.of(
            List.of(sequence(5, 3, 1), sequence(5, 4, 2), sequence(5, 9, 1), sequence(6, 1, 1)),
            1000);
    assertEquals(3, groups.size());
    assertArrayEquals(new int[] {0, 2}, groups.get(0).members());
    assertEquals(9, groups.get(0).longest());
    assertEquals(5 + 2 * 8, groups.get(0).tokens());
  }

  @Test
  void aGroupBeyondTheBudgetIsSplit() {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sequences.add(sequence(10, 21, 1));
    }
    List<PromptGroup> groups = PromptGroup.of(sequences, 75);
    assertEquals(4, groups.size());
    assertTrue(groups.stream().allMatch(g -> g.tokens() <= 75));
  }

  @Test
  void theHalvesOfAGroupAreOfOneSize() {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      sequences.add(sequence(10, 21, 1));
    }
    int fiveFit = 10 + 5 * 20;
    assertEquals(
        List.of(4, 4),
        PromptGroup.of(sequences, fiveFit).stream().map(g -> g.members().length).toList());
  }

  @Test
  void batchesHoldEverythingOnceWithinTheBudget() {
    Random random = new Random(3);
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      sequences.add(sequence(1 + random.nextInt(60), 1 + random.nextInt(90), i / 3));
    }
    int budget = 700;
    List<PackedBatch> batches = PackedBatch.divide(sequences, TinyDecoders.micro(), budget, 1);
    List<Integer> all = new ArrayList<>();
    for (PackedBatch batch : batches) {
      assertTrue(batch.tokens() <= budget);
      all.addAll(batch.members());
    }
    assertEquals(IntStream.range(0, 200).boxed().toList(), all.stream().sorted().toList());
    int padded = batches.stream().mapToInt(PackedBatch::tokens).sum();
    int real = PromptGroup.of(sequences, budget).stream().mapToInt(PromptGroup::tokens).sum();
    assertTrue(padded < 1.4 * real, padded + " of " + real);
  }

  @Test
  void lengthsThatDifferMuchAreNotPaddedTogether() {
    List<Sequence> sequences = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      sequences.add(sequence(5, i < 4 ? 90 : 9, i));
    }
    assertEquals(2, PackedBatch.divide(sequences, TinyDecoders.micro(), 4096, 1).size());
  }
}
