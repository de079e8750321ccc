package io.lanpo.policy.djl.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.djl.Djl;
import io.lanpo.libs.djl.DjlUnavailableException;

/** The devices a policy can run on. */
public final class Devices {
  private Devices() {}

  /**
   * @param name {@code cpu}, {@code gpu:N}, or {@code auto} for the first GPU if there is one
   * @param key what a user sets it with
   * @throws UserException when there is no such device
   */
  public static Device named(String name, String key) {
    Engine engine = engine();
    int gpus = name.equals("cpu") ? 0 : engine.getGpuCount();
    if (name.equals("cpu") || (name.equals("auto") && gpus == 0)) {
      return Device.cpu();
    }
    String number = name.equals("auto") ? "0" : name.replaceFirst("^gpu:", "");
    if (name.matches("auto|gpu:\\d{1,3}")) {
      int id = Integer.parseInt(number);
      if (id < gpus) {
        return Device.gpu(id);
      }
      throw new UserException(
          "%s = %s, but this machine has %d GPUs that PyTorch can use".formatted(key, name, gpus),
          "Set %s to cpu or auto.".formatted(key));
    }
    throw new UserException(
        key + " = " + name + " is not allowed; it must be cpu, auto, or gpu:0, gpu:1, …",
        "Correct the value or remove the key to get the default, cpu.");
  }

  /**
   * The first use of the engine in this process unpacks and loads it, for which a disk may be too
   * full.
   */
  private static Engine engine() {
    try {
      return Djl.engine();
    } catch (DjlUnavailableException e) {
      throw new UserException(String.valueOf(e.getMessage()), e.nextStep(), e);
    }
  }

  /** The name of a device as settings have it. */
  public static String name(Device device) {
    return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
  }
}
