/** Run configurations: the files, the settings they may have, and typed views of them. */
@NullMarked
package io.lanpo.engine.config;

import org.jspecify.annotations.NullMarked;
