/**
 * Problems from JSON Lines files.
 *
 * <p>{@link io.lanpo.tasks.jsonl.ProblemFile} reads one file, all of it or nothing; {@link
 * io.lanpo.tasks.jsonl.Split} sets problems aside for evaluation; {@link
 * io.lanpo.tasks.jsonl.PromptLayout} poses them; {@link io.lanpo.tasks.jsonl.JsonLines} is the
 * service.
 */
@NullMarked
package io.lanpo.tasks.jsonl;

import org.jspecify.annotations.NullMarked;
