package io.lanpo.policy.djl.precision;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import ai.djl.util.cuda.CudaUtils;
import io.lanpo.policy.djl.model.DecoderShape;
import io.lanpo.policy.djl.network.HalfPrecision;
import io.lanpo.policy.djl.network.Processor;
import io.lanpo.policy.djl.network.ProductRace;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Chooses between f32 and bf16. A GPU that multiplies in bf16 does so; a processor is measured,
 * once for each model's shapes.
 */
public final class PrecisionChooser {
  /**
   * What bf16 must gain. Less is not worth what it rounds, and would be decided by the noise of the
   * measurement.
   */
  private static final double LEAST_SPEEDUP = 1.2;

  /** GPUs from Ampere on have units for it. */
  private static final int CAPABILITY = 80;

  /** With these, libraries leave out instructions that the processor has. */
  private static final List<String> VARIABLES =
      List.of(
          "ONEDNN_MAX_CPU_ISA",
          "DNNL_MAX_CPU_ISA",
          "ONEDNN_DEFAULT_FPMATH_MODE",
          "ATEN_CPU_CAPABILITY",
          "MKL_ENABLE_INSTRUCTIONS");

  private final Processor processor;
  private final Map<String, String> environment;
  private final BooleanSupplier oneDnn;
  private final Measurement measurement;
  private final SpeedupFiles known;
  private final String library;

  /** How many times as fast bf16 is in the products of a decoder. */
  @FunctionalInterface
  interface Measurement {
    double speedup(DecoderShape shape, int threads);
  }

  /**
   * What was chosen.
   *
   * @param half whether it is bf16
   * @param reason the precision and why, in a line
   */
  public record Decision(boolean half, String reason) {}

  /**
   * @param environment variables of this process
   * @param oneDnn whether oneDNN multiplies in bf16
   * @param library version of the library that multiplies
   */
  PrecisionChooser(
      Processor processor,
      Map<String, String> environment,
      BooleanSupplier oneDnn,
      Measurement measurement,
      SpeedupFiles known,
      String library) {
    this.processor = processor;
    this.environment = environment;
    this.oneDnn = oneDnn;
    this.measurement = measurement;
    this.known = known;
    this.library = library;
  }

  /** For this machine; the engine must be there. */
  public static PrecisionChooser here() {
    Engine engine = Engine.getEngine("PyTorch");
    return new PrecisionChooser(
        Processor.here(),
        System.getenv(),
        () -> engine.hasCapability("MKLDNN") && HalfPrecision.byOneDnn(),
        (shape, threads) -> {
          try (ProductRace race = new ProductRace(shape, threads)) {
            return race.speedup();
          }
        },
        new SpeedupFiles(Utils.getEngineCacheDir("pytorch").resolve("lanpo-precision")),
        engine.getVersion());
  }

  /**
   * Chooses.
   *
   * @param threads threads within one product
   */
  public Decision choose(DecoderShape shape, Device device, int threads) {
    if (device.isGpu()) {
      return ofGpu(CudaUtils.getComputeCapability(device.getDeviceId()));
    }
    if (processor.lacksHalf()) {
      return new Decision(false, "f32: this processor has no instructions for bf16");
    }
    if (!oneDnn.getAsBoolean()) {
      return new Decision(false, "f32: oneDNN does not multiply in bf16 here");
    }
    return measured(speedup(shape, threads));
  }

  /**
   * @param capability as {@code 80}
   */
  static Decision ofGpu(String capability) {
    boolean half = capability.matches("\\d{2,4}") && Integer.parseInt(capability) >= CAPABILITY;
    return half
        ? new Decision(
            true, "bf16: this GPU multiplies in it (compute capability %s)".formatted(capability))
        : new Decision(
            false,
            "f32: this GPU does not multiply in bf16 (compute capability %s)"
                .formatted(capability));
  }

  private double speedup(DecoderShape shape, int threads) {
    String key = key(shape, threads);
    OptionalDouble before = known.get(key);
    if (before.isPresent()) {
      return before.getAsDouble();
    }
    double found = measurement.speedup(shape, threads);
    known.put(key, found);
    return found;
  }

  private Decision measured(double speedup) {
    boolean half = speedup >= LEAST_SPEEDUP;
    String said =
        half
            ? "bf16: %.1f times f32 here in products of this model (measured)"
            : "f32: bf16 is %.1f times as fast here in products of this model, less than %.1f (measured)";
    String instructions = String.join(" ", processor.halfInstructions());
    return new Decision(
        half,
        String.format(Locale.ROOT, said, Math.floor(10 * speedup) / 10, LEAST_SPEEDUP)
            + (instructions.isEmpty() ? "" : "; " + instructions));
  }

  /** All that a measurement depends on. */
  private String key(DecoderShape shape, int threads) {
    Map<String, String> set = new TreeMap<>(environment);
    set.keySet().retainAll(VARIABLES);
    return "%s; %s; libtorch %s; %d threads; %s; %s"
        .formatted(
            processor.name(),
            set,
            library,
            threads,
            ProductRace.matrices(shape),
            String.join(" ", processor.flags()));
  }
}
