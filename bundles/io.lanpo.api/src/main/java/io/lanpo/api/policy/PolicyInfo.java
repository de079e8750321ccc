package io.lanpo.api.policy;

/**
 * Facts about a policy.
 *
 * @param family architecture, e.g. {@code micro}
 * @param parameters number of trained weights
 * @param contextLength longest sequence in tokens
 * @param device where it runs, e.g. {@code cpu}
 */
public record PolicyInfo(String family, long parameters, int contextLength, String device) {}
