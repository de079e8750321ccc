/**
 * Who gets which feedback, and what is shown: planners, selectors of attempts and of lessons. None
 * of them sees a reward of the problem at hand.
 */
@NullMarked
package io.lanpo.feedback;

import org.jspecify.annotations.NullMarked;
