/**
 * Drafts a run configuration for a model and a data file: {@link io.lanpo.shell.draft.Drafter}
 * looks at both and puts the lines together, each with its reason.
 */
@NullMarked
package io.lanpo.shell.draft;

import org.jspecify.annotations.NullMarked;
