package io.lanpo.libs.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * maj@k: whether the answer that most of k samples give is right (Wang et al.: Self-Consistency
 * Improves Chain of Thought Reasoning in Language Models, 2022, arXiv 2203.11171).
 */
public final class Majority {
  private Majority() {}

  /**
   * A sample's vote.
   *
   * @param answer what it answers, equal for answers that mean the same; empty: it does not vote
   * @param right whether that is right
   */
  public record Vote(Optional<String> answer, boolean right) {}

  /**
   * The probability that the winner is right when a tie is broken by lot; 0 when nobody votes.
   * Should some votes for one answer be right and others not, the share of them that is right
   * counts.
   */
  public static double of(List<Vote> votes) {
    Map<String, List<Vote>> parties = new LinkedHashMap<>();
    for (Vote vote : votes) {
      vote.answer()
          .ifPresent(answer -> parties.computeIfAbsent(answer, a -> new ArrayList<>()).add(vote));
    }
    int most = parties.values().stream().mapToInt(List::size).max().orElse(0);
    return parties.values().stream()
        .filter(party -> party.size() == most)
        .mapToDouble(
            party -> party.stream().mapToDouble(v -> v.right() ? 1 : 0).average().orElse(0))
        .average()
        .orElse(0);
  }
}
