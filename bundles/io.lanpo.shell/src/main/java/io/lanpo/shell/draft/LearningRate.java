package io.lanpo.shell.draft;

/** A first learning rate by size: larger models need smaller steps. */
final class LearningRate {
  private static final double SMALL = 0.3e9;
  private static final double MIDDLE = 1.2e9;

  private LearningRate() {}

  /**
   * @param parameters of the model
   * @param adapters whether adapters learn instead of the weights
   */
  static Line of(long parameters, boolean adapters) {
    String whole = parameters < SMALL ? "5e-6" : parameters < MIDDLE ? "2e-6" : "1e-6";
    if (adapters) {
      return new Line(
          "optimizer.learning-rate",
          parameters < SMALL ? "5e-5" : parameters < MIDDLE ? "2e-5" : "1e-5",
          "adapters take about ten times what whole weights take (%s for this size)"
              .formatted(whole));
    }
    return new Line(
        "optimizer.learning-rate",
        whole,
        "whole weights of a model of %,d million; halve it if kl or entropy run away"
            .formatted(Math.round(parameters / 1e6)));
  }
}
