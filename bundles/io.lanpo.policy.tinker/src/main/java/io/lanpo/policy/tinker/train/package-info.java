/** Optimiser steps: our losses as those of the server, in parts that it takes. */
@NullMarked
package io.lanpo.policy.tinker.train;

import org.jspecify.annotations.NullMarked;
