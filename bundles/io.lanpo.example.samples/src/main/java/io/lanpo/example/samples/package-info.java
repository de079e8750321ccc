/**
 * Strategies to swap: each is short, speaks the language of the micro-world and differs from the
 * default in one idea.
 */
@NullMarked
package io.lanpo.example.samples;

import org.jspecify.annotations.NullMarked;
