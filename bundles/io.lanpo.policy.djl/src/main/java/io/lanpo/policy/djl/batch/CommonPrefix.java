package io.lanpo.policy.djl.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The tokens with which several different prompts begin, so that the network can read them once for
 * all of these. Something is left of each prompt: at least its last token.
 *
 * @param family a number that the prompts with this prefix have in common, 0 for {@link #NONE}
 * @param length tokens of the prefix
 */
public record CommonPrefix(int family, int length) {
  /** Of a prompt that is read alone. */
  public static final CommonPrefix NONE = new CommonPrefix(0, 0);

  /** Shorter ones save less than the operations that treat them apart. */
  private static final int MIN_TOKENS = 16;

  /** What a family costs beside its tokens, in tokens: batches of its own, and more padding. */
  private static final int FAMILY_TOKENS = 128;

  /** Fewest different prompts of a family. */
  static final int MIN_PROMPTS = 2;

  /**
   * Divides prompts into families.
   *
   * @return the prefix of each prompt; equal prompts have the same
   */
  static List<CommonPrefix> of(List<int[]> prompts) {
    return of(prompts, MIN_PROMPTS);
  }

  /**
   * Divides prompts into families.
   *
   * @param fewest different prompts of a family, at least
   * @return the prefix of each prompt; equal prompts have the same
   */
  public static List<CommonPrefix> of(List<int[]> prompts, int fewest) {
    List<CommonPrefix> result = new ArrayList<>(Collections.nCopies(prompts.size(), NONE));
    int[] order =
        IntStream.range(0, prompts.size())
            .boxed()
            .sorted((a, b) -> Arrays.compare(prompts.get(a), prompts.get(b)))
            .mapToInt(i -> i)
            .toArray();
    List<int[]> different = new ArrayList<>();
    int[] number = new int[prompts.size()];
    for (int i : order) {
      if (different.isEmpty()
          || !Arrays.equals(different.get(different.size() - 1), prompts.get(i))) {
        different.add(prompts.get(i));
      }
      number[i] = different.size() - 1;
    }
    List<Family> families =
        new Tree(different, Math.max(MIN_PROMPTS, fewest)).best(0, different.size()).families();
    for (int i = 0; i < number.length; i++) {
      for (int f = 0; f < families.size(); f++) {
        if (families.get(f).from() <= number[i] && number[i] < families.get(f).to()) {
          result.set(i, new CommonPrefix(f + 1, families.get(f).length()));
        }
      }
    }
    return result;
  }

  /** Neighbours in the order of the prompts' tokens. */
  private record Family(int from, int to, int length) {}

  /** Families with the tokens that need not be read because of them. */
  private record Division(List<Family> families, long saved) {}

  /**
   * The tree of the prompts' prefixes; neighbours in their order that have one in common are one of
   * its branches.
   *
   * @param prompts different ones, in the order of their tokens
   */
  private record Tree(List<int[]> prompts, int fewest) {

    /** The division of a branch that saves most: as one family, or as those of its branches. */
    Division best(int from, int to) {
      if (to - from < fewest) {
        return new Division(List.of(), 0);
      }
      int common = Integer.MAX_VALUE;
      int shortest = prompts.get(from).length;
      for (int i = from + 1; i < to; i++) {
        common = Math.min(common, mismatch(i));
        shortest = Math.min(shortest, prompts.get(i).length);
      }
      List<Family> parts = new ArrayList<>();
      long saved = 0;
      int begin = from;
      for (int i = from + 1; i <= to; i++) {
        if (i == to || mismatch(i) == common) {
          Division part = best(begin, i);
          parts.addAll(part.families());
          saved += part.saved();
          begin = i;
        }
      }
      int length = Math.min(common, shortest - 1);
      long whole = (long) (to - from - 1) * length - FAMILY_TOKENS;
      return length >= MIN_TOKENS && whole > 0 && whole >= saved
          ? new Division(List.of(new Family(from, to, length)), whole)
          : new Division(parts, saved);
    }

    /** Tokens that a prompt has in common with the one before it. */
    private int mismatch(int i) {
      return Arrays.mismatch(prompts.get(i - 1), prompts.get(i));
    }
  }
}
