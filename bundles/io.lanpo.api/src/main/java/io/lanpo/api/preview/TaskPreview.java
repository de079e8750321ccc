package io.lanpo.api.preview;

import java.util.List;

/**
 * The problems of a planned run, after the checks that come before every run.
 *
 * @param training problems to learn from that pass the checks
 * @param heldOut problems for evaluation that pass them
 * @param refused problems whose gold answer the verifier does not accept
 * @param refusals some of these, with the reason
 * @param exact training problems with the wording of a held-out one
 * @param near training problems that seem to say the same as a held-out one in other words
 * @param twins ids of one such pair; empty if there is none
 * @param prompts lengths of the prompts as the model gets them
 * @param solutions lengths of the solutions that were given
 */
public record TaskPreview(
    int training,
    int heldOut,
    int refused,
    List<String> refusals,
    int exact,
    int near,
    String twins,
    Lengths prompts,
    Lengths solutions) {
  public TaskPreview {
    refusals = List.copyOf(refusals);
  }
}
