/**
 * An update: the losses of each token as the script reads them, gradients of batches added up over
 * worker threads, and AdamW's step with its state.
 */
@NullMarked
package io.lanpo.policy.djl.train;

import org.jspecify.annotations.NullMarked;
