/** What an experiment consists of: its file, its variants, its runs. */
@NullMarked
package io.lanpo.experiment.plan;

import org.jspecify.annotations.NullMarked;
