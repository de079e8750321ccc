/**
 * On-policy self-distillation (SDPO, arXiv 2601.20802): the policy that reads feedback on its own
 * completions teaches the policy that does not. {@link
 * io.lanpo.relative.selfdistillation.SelfDistillation} is the component, {@code Teacher} composes
 * what the teaching policy reads, {@code SelfTeaching} makes updates of what it says.
 */
@NullMarked
package io.lanpo.relative.selfdistillation;

import org.jspecify.annotations.NullMarked;
