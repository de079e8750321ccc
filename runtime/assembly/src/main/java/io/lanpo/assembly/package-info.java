/**
 * Puts the product together when the project is built: reads {@code features/*.feature.json}, finds
 * the file of every bundle that they list, and lays the files out as the launcher reads them. A
 * Maven plugin, because only Maven knows where an artifact is to be had.
 */
@NullMarked
package io.lanpo.assembly;

import org.jspecify.annotations.NullMarked;
