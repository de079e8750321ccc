/**
 * What File Install does not do by itself. A bundle that arrives is tried beside what serves and
 * takes its place only when it works. A configuration file {@code PID~NAME.cfg}, UTF-8, makes one
 * more of the component with that PID, called NAME, beside the one that {@code PID.cfg} configures.
 * What came of each file is told, and why a component does not serve. Files are read, never written
 * or deleted.
 */
@NullMarked
package io.lanpo.deploy;

import org.jspecify.annotations.NullMarked;
