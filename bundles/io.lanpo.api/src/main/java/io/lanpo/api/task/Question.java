package io.lanpo.api.task;

/**
 * The part of a problem that a policy and a strategy may see.
 *
 * @param id identifies the problem within its task; two problems never share it
 * @param text the wording
 */
public record Question(String id, String text) {}
