/**
 * Experiential reinforcement learning (ERL, arXiv 2602.13949): attempt, review, second attempt, and
 * what a second attempt achieved is learned without the review. Three components that a run names
 * together: {@link io.lanpo.relative.experiential.TwoAttempts planner}, {@link
 * io.lanpo.relative.experiential.FailedAttempts attempt selector} and {@link
 * io.lanpo.relative.experiential.Experiential objective}.
 */
@NullMarked
package io.lanpo.relative.experiential;

import org.jspecify.annotations.NullMarked;
