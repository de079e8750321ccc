package io.lanpo.policy.djl.network;

import ai.djl.Device;
import io.lanpo.policy.djl.batch.LogProbScorer;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.model.LoraConfig;
import java.util.List;

/**
 * A process that scores in both precisions and prints the greatest difference, and before it
 * whether int8 is exact.
 */
public final class LimitedProcess {
  private LimitedProcess() {}

  @SuppressWarnings("SystemOut") // what the parent reads
  public static void main(String[] arguments) {
    System.out.println("int8 " + IntegerPrecision.byOneDnn());
    List<float[]> single = scores(false);
    List<float[]> half = scores(true);
    double widest = 0;
    for (int i = 0; i < single.size(); i++) {
      for (int t = 0; t < single.get(i).length; t++) {
        widest = Math.max(widest, Math.abs(single.get(i)[t] - half.get(i)[t]));
      }
    }
    System.out.println("differs by " + widest);
  }

  private static List<float[]> scores(boolean half) {
    try (Network network =
        Network.create(Device.cpu(), TinyDecoders.llama(), LoraConfig.NONE, 1, half, false)) {
      WeightInitializer.fill(network, 1);
      return new LogProbScorer(network, TinyDecoders.ALONE, 64)
          .logProbs(TinyDecoders.sequences(), 1);
    }
  }
}
