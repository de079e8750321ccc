/**
 * Lessons that are looked after: merged, judged by how they served, and retired, as in
 * ReasoningBank (arXiv 2509.25140) and ACE (arXiv 2510.04618). {@link
 * io.lanpo.relative.curation.CuratedLessons} is the component, {@link
 * io.lanpo.relative.curation.Curation} chooses.
 */
@NullMarked
package io.lanpo.relative.curation;

import org.jspecify.annotations.NullMarked;
