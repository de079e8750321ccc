/**
 * The micro-world, small enough that a model with random weights learns to plan, review and distil
 * within minutes. All that an operator means shows in the example of a problem, so that a review
 * finds it whatever the attempt was.
 */
@NullMarked
package io.lanpo.tasks.micro;

import org.jspecify.annotations.NullMarked;
