package io.lanpo.policy.djl.batch;

import io.lanpo.api.policy.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sequences with one prompt, which the network then reads once for all of them.
 *
 * @param prompt the prompt's tokens
 * @param prefix what it has in common with prompts of other groups
 * @param members which sequences of a list these are
 * @param longest longest completion in tokens
 */
public record PromptGroup(int[] prompt, CommonPrefix prefix, int[] members, int longest) {

  /** A prompt by its content. */
  private record Key(int[] tokens) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(tokens, key.tokens);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(tokens);
    }
  }

  /** Tokens of the prompt that follow the prefix, at least one. */
  public int rest() {
    return prompt.length - prefix.length();
  }

  /** Tokens that the network reads for this group alone, without padding between groups. */
  int tokens() {
    return rest() + members.length * (longest - 1);
  }

  /**
   * Groups sequences by their prompts.
   *
   * @param budget a group that needs more tokens is split evenly, its prompt repeated
   */
  static List<PromptGroup> of(List<Sequence> sequences, int budget) {
    return of(
        sequences, CommonPrefix.of(sequences.stream().map(Sequence::prompt).toList()), budget);
  }

  /**
   * Groups sequences by their prompts.
   *
   * @param prefixes that of each sequence's prompt
   * @param budget a group that needs more tokens is split evenly, its prompt repeated
   */
  public static List<PromptGroup> of(
      List<Sequence> sequences, List<CommonPrefix> prefixes, int budget) {
    Map<Key, List<Integer>> byPrompt = new LinkedHashMap<>();
    for (int i = 0; i < sequences.size(); i++) {
      Key key = new Key(sequences.get(i).prompt());
      byPrompt.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
    }
    List<PromptGroup> groups = new ArrayList<>();
    byPrompt.forEach(
        (key, members) ->
            groups.addAll(
                split(key.tokens(), prefixes.get(members.get(0)), members, sequences, budget)));
    return groups;
  }

  private static List<PromptGroup> split(
      int[] prompt,
      CommonPrefix prefix,
      List<Integer> members,
      List<Sequence> sequences,
      int budget) {
    int longest = 1;
    for (int member : members) {
      longest = Math.max(longest, sequences.get(member).completion().length);
    }
    int rows = rows(members.size(), prompt.length, longest, budget);
    List<PromptGroup> groups = new ArrayList<>();
    for (int from = 0; from < members.size(); from += rows) {
      List<Integer> part = members.subList(from, Math.min(members.size(), from + rows));
      int[] indices = part.stream().mapToInt(Integer::intValue).toArray();
      int length =
          Arrays.stream(indices).map(i -> sequences.get(i).completion().length).max().orElse(1);
      groups.add(new PromptGroup(prompt, prefix, indices, length));
    }
    return groups;
  }

  /**
   * Members of each part of a group: as few parts as the budget allows, and of even size, since the
   * largest decides the memory.
   */
  public static int rows(int members, int promptTokens, int longest, int budget) {
    int room = (budget - promptTokens) / Math.max(1, longest - 1);
    int fit = Math.max(1, Math.min(members, room)); // a budget may be without bound
    int parts = (members + fit - 1) / fit;
    return (members + parts - 1) / parts;
  }
}
