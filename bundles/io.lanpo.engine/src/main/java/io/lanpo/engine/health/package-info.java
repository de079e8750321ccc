/**
 * Whether a run learns, and what keeps it from that: {@link io.lanpo.engine.health.HealthMonitor}
 * goes along with a run, {@link io.lanpo.engine.health.EvaluationHealth} looks at an evaluation.
 * What is looked for stands in {@link io.lanpo.engine.health.rule.Rules}.
 */
@NullMarked
package io.lanpo.engine.health;

import org.jspecify.annotations.NullMarked;
