package io.lanpo.api.policy;

import java.util.Map;

/**
 * The outcome of one optimiser step.
 *
 * @param terms report of each term by its name; terms without examples are left out
 * @param gradientNorm global gradient norm before clipping
 */
public record UpdateReport(Map<String, TermReport> terms, double gradientNorm) {
  public UpdateReport {
    terms = Map.copyOf(terms);
  }
}
