/**
 * The policies of a run: the one it begins with, its cold start and the cache of these, the
 * auxiliary policy.
 */
@NullMarked
package io.lanpo.engine.run.policy;

import org.jspecify.annotations.NullMarked;
