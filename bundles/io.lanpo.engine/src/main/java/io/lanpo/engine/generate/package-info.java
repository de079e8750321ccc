/**
 * Generation: seeded randomness, completions of the policy with their tokens counted, and text that
 * an auxiliary policy may write in its place.
 */
@NullMarked
package io.lanpo.engine.generate;

import org.jspecify.annotations.NullMarked;
