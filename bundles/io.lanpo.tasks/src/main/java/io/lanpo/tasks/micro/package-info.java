/**
 * The micro-world: made-up operators on lists of three digits, small enough that a model with
 * random weights learns to plan, review and distil within minutes.
 *
 * <p>From the bottom up: {@link io.lanpo.tasks.micro.Digits}, {@link
 * io.lanpo.tasks.micro.Permutation} and {@link io.lanpo.tasks.micro.Overwrite} make a {@link
 * io.lanpo.tasks.micro.Rule}; {@link io.lanpo.tasks.micro.Example} shows it at work; {@link
 * io.lanpo.tasks.micro.Words} holds the words, {@link io.lanpo.tasks.micro.Sentences} the sentences
 * and {@link io.lanpo.tasks.micro.ReviewGrammar} the language of reviews. {@link
 * io.lanpo.tasks.micro.Demonstrations} makes one demonstration per {@link
 * io.lanpo.tasks.micro.Skill}, {@link io.lanpo.tasks.micro.MicroCurriculum} mixes them, and {@link
 * io.lanpo.tasks.micro.MicroWorld} is the service.
 */
@NullMarked
package io.lanpo.tasks.micro;

import org.jspecify.annotations.NullMarked;
