package io.lanpo.api.policy;

/**
 * Asks for the completions of one prompt.
 *
 * @param prompt the prompt's tokens, at least one
 * @param completions how many completions to sample
 * @param sampling how to sample
 * @param seed fixes the completions of this request, whatever else is generated beside it
 */
public record GenerationRequest(int[] prompt, int completions, Sampling sampling, long seed) {
  public GenerationRequest {
    if (prompt.length == 0 || completions < 0) {
      throw new IllegalArgumentException(
          "a request has a prompt and asks for 0 or more completions; got %d tokens, %d"
              .formatted(prompt.length, completions));
    }
  }
}
