/** Scenarios with the whole product in one framework. */
@NullMarked
package io.lanpo.it;

import org.jspecify.annotations.NullMarked;
