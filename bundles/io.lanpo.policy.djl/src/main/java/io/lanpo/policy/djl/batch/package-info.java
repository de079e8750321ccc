/**
 * Whole sequences through the network: grouped by prompt, so that a group's prompt is read once,
 * and by what prompts begin with ({@link io.lanpo.policy.djl.batch.CommonPrefix}), for the same
 * reason; divided into batches of similar lengths, packed into the arrays the script reads, shared
 * by worker threads, and scored.
 */
@NullMarked
package io.lanpo.policy.djl.batch;

import org.jspecify.annotations.NullMarked;
