/**
 * What keeps the platform whole while code of others starts: a jar is looked at before the
 * framework takes it, what it does is done on a thread of its own and for a while only, and its
 * classes cannot end the process.
 */
@NullMarked
package io.lanpo.deploy.guard;

import org.jspecify.annotations.NullMarked;
