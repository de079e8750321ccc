package io.lanpo.policy.djl.checkpoint;

import io.lanpo.api.component.UserException;
import java.nio.file.Path;
import java.util.Arrays;

/** A tensor of a checkpoint, read as floats a piece at a time. */
public interface WeightTensor {
  /** The file that it is in. */
  Path file();

  /** Its name as transformers has it. */
  String name();

  long[] shape();

  /** How its numbers are stored, as {@code bf16} or {@code q4_k}. */
  String storedAs();

  /**
   * Some values.
   *
   * @param from index of the first
   * @param count how many
   */
  float[] read(long from, int count);

  /**
   * The same, of weights.
   *
   * @throws UserException naming the first that is not a finite number
   */
  default float[] readFinite(long from, int count) {
    float[] values = read(from, count);
    if (!allFinite(values)) {
      int at = 0;
      while (Float.isFinite(values[at])) {
        at++;
      }
      throw new UserException(
          "%s: tensor %s of shape %s has %s at place %d"
              .formatted(file(), name(), Arrays.toString(shape()), values[at], from + at),
          "Take another copy of the checkpoint; with such a number every output would be NaN.");
    }
    return values;
  }

  /** Without a branch for each number, so that it costs little beside reading them. */
  private static boolean allFinite(float[] values) {
    int finite = -1;
    for (float value : values) {
      // the sign is set exactly when the exponent is not that of infinities and NaN
      finite &= (Float.floatToRawIntBits(value) & 0x7f800000) - 0x7f800000;
    }
    return values.length == 0 || finite < 0;
  }
}
