package io.lanpo.policy.djl.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.policy.Sequence;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommonPrefixTest {
  private static int[] prompt(int[] prefix, int... rest) {
    int[] all = Arrays.copyOf(prefix, prefix.length + rest.length);
    System.arraycopy(rest, 0, all, prefix.length, rest.length);
    return all;
  }

  /** So many prompts that differ behind a prefix. */
  private static List<int[]> family(int[] prefix, int count) {
    List<int[]> prompts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      prompts.add(prompt(prefix, i, 7, 8));
    }
    return prompts;
  }

  private static List<Integer> lengths(List<CommonPrefix> prefixes) {
    return prefixes.stream().map(CommonPrefix::length).toList();
  }

  @Test
  void promptsThatBeginAlikeAreAFamily() {
    List<int[]> prompts = family(TinyDecoders.tokens(40, 1), 5);
    prompts.add(TinyDecoders.tokens(40, 2));
    List<CommonPrefix> found = CommonPrefix.of(prompts);
    assertEquals(List.of(40, 40, 40, 40, 40, 0), lengths(found));
    assertEquals(1, found.subList(0, 5).stream().distinct().count());
    assertEquals(CommonPrefix.NONE, found.get(5));
  }

  @Test
  void ofAPromptThatBeginsOthersItsLastTokenIsLeft() {
    int[] prefix = TinyDecoders.tokens(40, 1);
    List<int[]> prompts = family(prefix, 4);
    prompts.add(prefix);
    assertEquals(List.of(39, 39, 39, 39, 39), lengths(CommonPrefix.of(prompts)));
  }

  @Test
  void equalPromptsAreReadOnceAnyway() {
    int[] prompt = TinyDecoders.tokens(100, 1);
    assertEquals(List.of(0, 0, 0), lengths(CommonPrefix.of(List.of(prompt, prompt, prompt))));
  }

  @Test
  void familiesWithinAFamilyAreTakenWhereTheySaveMore() {
    int[] system = TinyDecoders.tokens(30, 1);
    int[] first = prompt(system, TinyDecoders.tokens(50, 2));
    int[] second = prompt(system, TinyDecoders.tokens(60, 3));
    List<int[]> prompts = new ArrayList<>(family(first, 8));
    prompts.addAll(family(second, 8));
    List<CommonPrefix> found = CommonPrefix.of(prompts);
    assertEquals(Collections.nCopies(8, 80), lengths(found.subList(0, 8)));
    assertEquals(Collections.nCopies(8, 90), lengths(found.subList(8, 16)));
    assertNotEquals(found.get(0).family(), found.get(8).family());
    prompts = new ArrayList<>(family(prompt(system, 5, 6), 2));
    prompts.addAll(family(prompt(system, 6, 6), 30));
    assertEquals(
        Collections.nCopies(32, 30), lengths(CommonPrefix.of(prompts)).stream().sorted().toList());
  }

  @Test
  void shortOrFewPrefixesAreNotTreatedApart() {
    assertEquals(Collections.nCopies(50, 0), lengths(of(15, 50, 2)));
    assertEquals(Collections.nCopies(2, 0), lengths(of(60, 2, 2)));
    assertEquals(Collections.nCopies(2, 130), lengths(of(130, 2, 2)));
    assertEquals(Collections.nCopies(3, 0), lengths(of(70, 3, 4)));
    assertEquals(List.of(), CommonPrefix.of(List.of()));
  }

  private static List<CommonPrefix> of(int tokens, int prompts, int fewest) {
    return CommonPrefix.of(family(TinyDecoders.tokens(tokens, 1), prompts), fewest);
  }

  /** Words of two letters, so that prompts branch everywhere. */
  @Test
  void prefixesOfRandomPromptsAreWhatTheySay() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      List<int[]> prompts = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        int[] from =
            prompts.isEmpty() ? new int[] {1} : prompts.get(random.nextInt(prompts.size()));
        int kept = 1 + random.nextInt(from.length);
        prompts.add(
            prompt(Arrays.copyOf(from, kept), random.ints(random.nextInt(40), 0, 2).toArray()));
      }
      List<CommonPrefix> found = CommonPrefix.of(prompts);
      for (int i = 0; i < 30; i++) {
        int length = found.get(i).length();
        assertTrue(length < prompts.get(i).length);
        for (int j = 0; j < 30; j++) {
          boolean same = found.get(i).family() == found.get(j).family();
          if (same && length > 0) {
            assertEquals(length, found.get(j).length());
            assertTrue(
                Arrays.equals(prompts.get(i), 0, length, prompts.get(j), 0, length), "prefix");
          }
          assertTrue(same || !Arrays.equals(prompts.get(i), prompts.get(j)), "equal, yet apart");
        }
      }
    }
  }

  @Test
  void aBatchCountsItsPrefixOnceAndKeepsToTheBudget() {
    List<Sequence> sequences = new ArrayList<>();
    for (int[] prompt : family(TinyDecoders.tokens(40, 1), 20)) {
      sequences.add(new Sequence(prompt, TinyDecoders.tokens(11, 2)));
    }
    List<PackedBatch> one = PackedBatch.divide(sequences, TinyDecoders.micro(), 1000, 1);
    assertEquals(1, one.size());
    assertEquals(40 + 20 * (3 + 10), one.get(0).tokens());
    List<PackedBatch> several = PackedBatch.divide(sequences, TinyDecoders.micro(), 100, 1);
    assertTrue(several.stream().allMatch(batch -> batch.tokens() <= 100));
    assertEquals(5, several.size());
    List<PackedBatch> two = PackedBatch.divide(sequences, TinyDecoders.micro(), 1000, 2);
    assertEquals(2, two.size());
    assertEquals(40 + 10 * 13, two.get(0).tokens());
  }
}
