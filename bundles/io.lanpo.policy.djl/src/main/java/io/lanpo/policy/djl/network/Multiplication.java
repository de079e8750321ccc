package io.lanpo.policy.djl.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What multiplies on a device. */
final class Multiplication {
  private static final Logger LOG = LoggerFactory.getLogger(Multiplication.class);

  private Multiplication() {}

  /** The fastest for large matrices in f32. */
  static MatmulKind single(Device device) {
    return oneDnn(device) ? MatmulKind.ONEDNN : MatmulKind.SINGLE;
  }

  /** The fastest in bf16; warns where f32 is faster. */
  static MatmulKind half(Device device) {
    if (device.isGpu()) {
      return MatmulKind.HALF;
    }
    Processor processor = Processor.here();
    processor.halfWarning().ifPresent(LOG::warn);
    if (!oneDnn(device) || !HalfPrecision.byOneDnn()) {
      return MatmulKind.HALF;
    }
    return processor.hasAmx() ? MatmulKind.HALF_AMX : MatmulKind.HALF_ONEDNN;
  }

  private static boolean oneDnn(Device device) {
    return !device.isGpu() && Engine.getEngine("PyTorch").hasCapability("MKLDNN");
  }
}
