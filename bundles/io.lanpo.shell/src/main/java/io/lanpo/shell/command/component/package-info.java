/** Commands about what is installed: components, why, config, and swapping a bundle. */
@NullMarked
package io.lanpo.shell.command.component;

import org.jspecify.annotations.NullMarked;
