package io.lanpo.api.reward;

/**
 * What a policy answered.
 *
 * @param text the solution, without critique or special tokens
 * @param finished false when the length limit cut it
 */
public record Response(String text, boolean finished) {}
