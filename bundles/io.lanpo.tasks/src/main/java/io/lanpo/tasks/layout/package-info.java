/**
 * How published data sets are laid out: {@link io.lanpo.tasks.layout.Layout} names them, a {@link
 * io.lanpo.tasks.layout.Mapping} makes a question and an answer key of a row.
 */
@NullMarked
package io.lanpo.tasks.layout;

import org.jspecify.annotations.NullMarked;
