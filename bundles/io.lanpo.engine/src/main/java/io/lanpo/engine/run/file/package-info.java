/**
 * Files as runs write them: JSON documents and lines, of which each says whether it is as it was
 * written, sums of files, and what killed processes leave.
 */
@NullMarked
package io.lanpo.engine.run.file;

import org.jspecify.annotations.NullMarked;
