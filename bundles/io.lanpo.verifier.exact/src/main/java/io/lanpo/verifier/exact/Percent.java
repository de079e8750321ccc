package io.lanpo.verifier.exact;

/** What a percent sign means. */
public enum Percent {
  /** {@code 10%} equals {@code 10%} and {@code 10.0%} only. */
  LITERAL,
  /** {@code 10%} equals {@code 10}. */
  IGNORED,
  /** {@code 10%} equals {@code 0.1}. */
  HUNDREDTH
}
