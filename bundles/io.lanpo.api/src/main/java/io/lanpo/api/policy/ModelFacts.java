package io.lanpo.api.policy;

/**
 * What a checkpoint folder says of its model, without its weights being loaded.
 *
 * @param family architecture, e.g. {@code qwen2}
 * @param parameters number of weights
 * @param contextLength longest sequence in tokens
 * @param storedAs types in which the files hold the weights, such as {@code bf16}
 */
public record ModelFacts(String family, long parameters, int contextLength, String storedAs) {}
