/** What is printed: tables, the progress line, figures, JSON; nothing here knows a service. */
@NullMarked
package io.lanpo.shell.view;

import org.jspecify.annotations.NullMarked;
