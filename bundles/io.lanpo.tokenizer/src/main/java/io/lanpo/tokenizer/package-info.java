/**
 * Tokenizers as a service, stored as the {@code tokenizer.json} and {@code tokenizer_config.json}
 * of Hugging Face.
 *
 * <p>{@link io.lanpo.tokenizer.TokenizerFactory} is the service; {@link
 * io.lanpo.tokenizer.TokenizerFiles} finds out which kind of model a folder holds; each kind has a
 * class of its own.
 */
@NullMarked
package io.lanpo.tokenizer;

import org.jspecify.annotations.NullMarked;
