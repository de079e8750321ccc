/**
 * Training-Free GRPO (arXiv 2510.08191): the policy stays as it is, and what tells the right
 * attempts of a group from the wrong ones becomes lessons. {@link
 * io.lanpo.relative.trainingfree.GroupContrast} has them written, {@link
 * io.lanpo.relative.trainingfree.NoObjective} learns nothing.
 */
@NullMarked
package io.lanpo.relative.trainingfree;

import org.jspecify.annotations.NullMarked;
