package io.lanpo.engine.step;

import io.lanpo.engine.call.CallCounts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a training step did.
 *
 * @param metrics figures by name, the same bits for the same seed
 * @param seconds elapsed seconds by part
 * @param rollouts every completion as a line of the rollout log, in order
 * @param lessons every lesson that was distilled as a line of the lesson log, in order
 * @param generatedTokens completion tokens sampled, lessons included
 * @param promptTokens prompt tokens read for them
 * @param failing why the run should not go on: a component fails too often
 */
public record StepOutcome(
    Map<String, Object> metrics,
    Map<String, Double> seconds,
    List<RolloutLine> rollouts,
    List<Map<String, Object>> lessons,
    long generatedTokens,
    long promptTokens,
    Optional<CallCounts.Excess> failing) {}
