/** An example: a reflection strategy in a bundle of its own, to be copied and changed. */
@NullMarked
package io.lanpo.example.strategy;

import org.jspecify.annotations.NullMarked;
