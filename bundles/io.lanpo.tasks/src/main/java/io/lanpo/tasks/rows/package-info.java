/**
 * Rows of data files, each a JSON object whatever the file's format is. {@link
 * io.lanpo.tasks.rows.FileFormat} finds the {@link io.lanpo.tasks.rows.RowReader} of a file; a
 * faulty file is refused at the {@link io.lanpo.tasks.rows.Place} of the fault. {@link
 * io.lanpo.tasks.rows.Shown} is what of a row may reach a prompt.
 */
@NullMarked
package io.lanpo.tasks.rows;

import org.jspecify.annotations.NullMarked;
