package io.lanpo.api.policy;

/**
 * Asks for the completions of one prompt.
 *
 * @param prompt the prompt's tokens, at least one
 * @param completions how many completions to sample
 * @param sampling how to sample
 * @param seed fixes the completions of this request, whatever else is generated beside it
 */
public record GenerationRequest(int[] prompt, int completions, Sampling sampling, long seed) {}
