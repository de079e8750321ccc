/**
 * Problems from JSON Lines files.
 *
 * <p>{@link io.lanpo.tasks.jsonl.ProblemFile} reads one file, all of it or nothing; {@link
 * io.lanpo.tasks.jsonl.Split} sets problems aside for evaluation; {@link
 * io.lanpo.tasks.jsonl.JsonLines} is the service, which poses them in the words of a template.
 */
@NullMarked
package io.lanpo.tasks.jsonl;

import org.jspecify.annotations.NullMarked;
