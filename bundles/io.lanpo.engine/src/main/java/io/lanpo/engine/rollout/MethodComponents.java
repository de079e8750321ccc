package io.lanpo.engine.rollout;

import io.lanpo.api.feedback.AbstractionStrategy;
import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.task.Task;
import io.lanpo.engine.generate.RunTextGenerator;

/**
 * The parts of the method that a run has pinned.
 *
 * @param task the opened task
 * @param verifier judges
 * @param reflection composes reviews
 * @param abstraction composes and reads lessons
 * @param scorer relevance, fitted to the task's questions
 * @param policy lends the run's policy to the scorer
 * @param pool the opened pool
 * @param feedback what decides on feedback
 */
public record MethodComponents(
    Task task,
    Verifier verifier,
    ReflectionStrategy reflection,
    AbstractionStrategy abstraction,
    SimilarityFilter.Scorer scorer,
    RunTextGenerator policy,
    ExperiencePool pool,
    FeedbackComponents feedback) {}
