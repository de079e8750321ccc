/**
 * What can keep a run from learning, a class for each: from lines of metrics to a sentence. A rule
 * depends on its arguments alone, so that a run that was resumed comes to the same findings.
 */
@NullMarked
package io.lanpo.engine.health.rule;

import org.jspecify.annotations.NullMarked;
