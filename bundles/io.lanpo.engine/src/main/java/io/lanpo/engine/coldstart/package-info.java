/**
 * The cold start: supervised learning on demonstrations until exams are passed, or on the policy's
 * own accepted answers (rejection sampling).
 */
@NullMarked
package io.lanpo.engine.coldstart;

import org.jspecify.annotations.NullMarked;
