/**
 * Tokenizers as a service, stored as the {@code tokenizer.json} and {@code tokenizer_config.json}
 * of Hugging Face.
 *
 * <p>{@link io.lanpo.tokenizer.TokenizerFactory} is the service. What LANPO wrote is opened as an
 * {@link io.lanpo.tokenizer.WordTokenizer}, which is strict about its closed vocabulary; everything
 * else as a {@link io.lanpo.tokenizer.HubTokenizer}, with the chat template of its checkpoint.
 */
@NullMarked
package io.lanpo.tokenizer;

import org.jspecify.annotations.NullMarked;
