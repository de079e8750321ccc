/**
 * What the small worlds have in common: made-up operators on lists of three digits.
 *
 * <p>From the bottom up: {@link io.lanpo.tasks.digits.Digits}, {@link
 * io.lanpo.tasks.digits.Permutation} and {@link io.lanpo.tasks.digits.Overwrite} make a {@link
 * io.lanpo.tasks.digits.Rule}; {@link io.lanpo.tasks.digits.Example} shows it at work; {@link
 * io.lanpo.tasks.digits.Operators} are the words that have meanings, {@link
 * io.lanpo.tasks.digits.Prompts} what is asked, {@link io.lanpo.tasks.digits.ReviewGrammar} how a
 * plan is tested. {@link io.lanpo.tasks.digits.SkillCurriculum} mixes demonstrations of each {@link
 * io.lanpo.tasks.digits.Skill}, {@link io.lanpo.tasks.digits.OperatorTask} is a world of some
 * {@link io.lanpo.tasks.digits.WorldSize size} whose operators have {@link
 * io.lanpo.tasks.digits.Meanings}.
 */
@NullMarked
package io.lanpo.tasks.digits;

import org.jspecify.annotations.NullMarked;
