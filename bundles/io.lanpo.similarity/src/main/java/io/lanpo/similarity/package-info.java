/**
 * Similarity filters that look at words only: {@code lexical}, and two to compare it with, {@code
 * none} and {@code random}; and {@code judge}, which asks the policy.
 */
@NullMarked
package io.lanpo.similarity;

import org.jspecify.annotations.NullMarked;
