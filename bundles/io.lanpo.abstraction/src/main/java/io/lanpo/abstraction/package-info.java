/**
 * Abstraction strategies that are templates; each configuration is a strategy with a name of its
 * own.
 */
@NullMarked
package io.lanpo.abstraction;

import org.jspecify.annotations.NullMarked;
