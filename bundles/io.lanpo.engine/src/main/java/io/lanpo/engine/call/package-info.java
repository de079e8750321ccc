/**
 * Calls of components that anybody may have written: a failure costs that call and is counted. Also
 * the check that a verifier accepts a task's own answers.
 */
@NullMarked
package io.lanpo.engine.call;

import org.jspecify.annotations.NullMarked;
