package io.lanpo.api.pool;

/**
 * How a lesson has served, counted from the experiences that were shown it.
 *
 * @param shown completions that saw a lesson of this wording
 * @param accepted how many of them the verifier accepted
 * @param better how many of them were rewarded above their group's mean
 */
public record LessonUse(long shown, long accepted, long better) {}
