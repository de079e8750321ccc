/** Finds services when a command needs them, and says what is missing when there are none. */
@NullMarked
package io.lanpo.shell.service;

import org.jspecify.annotations.NullMarked;
