/**
 * Whole sequences through the network: grouped by prompt, so that a group's prompt is read once,
 * divided into batches of similar lengths, packed into the arrays the script reads, shared by
 * worker threads, and scored.
 */
@NullMarked
package io.lanpo.policy.djl.batch;

import org.jspecify.annotations.NullMarked;
