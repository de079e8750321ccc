package io.lanpo.api.task;

/**
 * A prompt with the completion that a policy should learn to write.
 *
 * @param prompt the prompt
 * @param completion the completion, without the end-of-sequence token
 */
public record Demonstration(Prompt prompt, String completion) {}
