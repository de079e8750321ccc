package io.lanpo.api.policy;

/**
 * Facts about a policy.
 *
 * @param family architecture, e.g. {@code micro}
 * @param parameters number of trained weights
 * @param contextLength longest sequence in tokens
 * @param device where it runs, e.g. {@code cpu}
 */
public record PolicyInfo(String family, long parameters, int contextLength, String device) {
  public PolicyInfo {
    if (parameters < 0 || contextLength < 1) {
      throw new IllegalArgumentException(
          "parameters >= 0, contextLength >= 1; got %d, %d".formatted(parameters, contextLength));
    }
  }
}
