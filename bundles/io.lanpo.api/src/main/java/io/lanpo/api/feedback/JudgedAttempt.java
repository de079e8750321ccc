package io.lanpo.api.feedback;

/**
 * An attempt of which it is known whether it was right. Only distilling sees this: its lesson is
 * shown for <em>other</em> problems. It carries no answer key.
 *
 * @param attempt the attempt
 * @param accepted whether the verifier accepted it as right in every way
 */
public record JudgedAttempt(Attempt attempt, boolean accepted) {}
