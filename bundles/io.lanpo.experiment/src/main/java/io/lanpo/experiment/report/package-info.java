/** The report of an experiment, as HTML and as Markdown with the same contents. */
@NullMarked
package io.lanpo.experiment.report;

import org.jspecify.annotations.NullMarked;
