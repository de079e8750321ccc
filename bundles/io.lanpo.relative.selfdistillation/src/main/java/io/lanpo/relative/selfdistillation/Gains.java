package io.lanpo.relative.selfdistillation;

import java.util.ArrayList;
import java.util.List;

/**
 * What the feedback adds to the log-probability of each token, in nats.
 *
 * @param centre whether they are taken from their mean over all tokens
 * @param bound the most that one is, in either direction; 0: no bound
 */
record Gains(boolean centre, double bound) {
  /**
   * The gains as they are.
   *
   * @param informed of each completion {@code [T]} the log-probabilities with feedback
   * @param plain of each completion {@code [T]} those without
   */
  static List<double[]> of(List<float[]> informed, List<float[]> plain) {
    List<double[]> gains = new ArrayList<>(plain.size());
    for (int i = 0; i < plain.size(); i++) {
      double[] gain = new double[plain.get(i).length];
      for (int t = 0; t < gain.length; t++) {
        gain[t] = (double) informed.get(i)[t] - plain.get(i)[t];
      }
      gains.add(gain);
    }
    return gains;
  }

  /** Their mean over all tokens; 0 without any. */
  static double mean(List<double[]> gains) {
    double sum = 0;
    long tokens = 0;
    for (double[] gain : gains) {
      for (double token : gain) {
        sum += token;
      }
      tokens += gain.length;
    }
    return tokens == 0 ? 0 : sum / tokens;
  }

  /** As they become advantages. */
  List<double[]> shaped(List<double[]> gains) {
    double baseline = centre ? mean(gains) : 0;
    double most = bound > 0 ? bound : Double.POSITIVE_INFINITY;
    List<double[]> shaped = new ArrayList<>(gains.size());
    for (double[] gain : gains) {
      double[] advantages = new double[gain.length];
      for (int t = 0; t < gain.length; t++) {
        advantages[t] = Math.max(-most, Math.min(most, gain[t] - baseline));
      }
      shaped.add(advantages);
    }
    return shaped;
  }
}
