package io.lanpo.api.objective;

/**
 * Why a verifier judged a completion as it did. It may name what was expected, so it is a type of
 * its own: nothing that composes a prompt for sampling is ever given one. An objective may
 * condition the policy on it where that is the method, as in self-distillation from feedback.
 *
 * @param text the verifier's words; may be empty
 */
public record Explanation(String text) {}
