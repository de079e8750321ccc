/**
 * Writing to a terminal or a pipe: console, tables, the progress line, numbers, colours, JSON, and
 * the escaping of text that comes from data.
 */
@NullMarked
package io.lanpo.shell.terminal;

import org.jspecify.annotations.NullMarked;
