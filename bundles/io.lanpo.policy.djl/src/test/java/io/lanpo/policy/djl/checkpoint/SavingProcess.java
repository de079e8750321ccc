package io.lanpo.policy.djl.checkpoint;

import ai.djl.Device;
import com.google.gson.JsonObject;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.WeightInitializer;
import io.lanpo.policy.djl.train.OptimizerState;
import java.nio.file.Path;
import java.util.List;

/** A process that writes one checkpoint after the other over the same folder until it is killed. */
final class SavingProcess {
  private SavingProcess() {}

  /** Weights are a function of the version, so that a mixture of two would be seen. */
  static void save(Network network, Path folder, long version) {
    WeightInitializer.fill(network, version);
    ModelMetadata origin = new ModelMetadata(new JsonObject(), new JsonObject(), List.of(), folder);
    OptimizerState state = new OptimizerState(network);
    Checkpoint.Format form =
        new Checkpoint.Format(4_000, false); // small shards, so that there are many
    new Checkpoint(network, state).write(folder, origin, version, form, target -> {});
  }

  /**
   * @param arguments the folder
   */
  @SuppressWarnings("SystemOut") // how the parent learns of the first checkpoint
  public static void main(String[] arguments) {
    try (Network network = new Network(TinyDecoders.llama(), Device.cpu(), 1)) {
      for (long version = 1; true; version++) {
        save(network, Path.of(arguments[0]), version);
        System.out.println(version);
      }
    }
  }
}
