package io.lanpo.api.task;

/**
 * The part of a problem that only a verifier may see.
 *
 * @param text the gold answer, in the notation of the task's verifier
 */
public record AnswerKey(String text) {}
