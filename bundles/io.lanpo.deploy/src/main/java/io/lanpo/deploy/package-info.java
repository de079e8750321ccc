/**
 * What File Install does not do by itself: a configuration file {@code PID~NAME.cfg}, UTF-8, is a
 * named configuration of the component with that PID, and {@code PID.cfg} its only one. Files are
 * read, never written or deleted.
 */
@NullMarked
package io.lanpo.deploy;

import org.jspecify.annotations.NullMarked;
