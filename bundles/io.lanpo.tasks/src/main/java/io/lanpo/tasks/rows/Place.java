package io.lanpo.tasks.rows;

import io.lanpo.api.component.UserException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a row stands, or a fault.
 *
 * @param file the file
 * @param number of the line or row, from 1
 * @param inLines whether the number is that of a line
 * @param advice what a user can do about a fault there
 */
public record Place(Path file, long number, boolean inLines, String advice) {
  /** A line of a file of text. */
  static Place line(Path file, long number, String advice) {
    return new Place(file, number, true, advice);
  }

  /** A row of a file that has no lines. */
  static Place row(Path file, long number, String advice) {
    return new Place(file, number, false, advice);
  }

  /**
   * What to throw for a fault.
   *
   * @param what follows file and number, as in {@code is not JSON}
   */
  public UserException fault(String what) {
    return fault(what, advice, null);
  }

  /**
   * What to throw for a fault.
   *
   * @param what follows file and number
   * @param nextStep instead of the usual advice
   * @param cause the failure behind it
   */
  public UserException fault(String what, String nextStep, @Nullable Throwable cause) {
    return new UserException(this + " " + what, nextStep, cause);
  }

  /** {@code FILE:LINE}, or {@code FILE, row NUMBER}. */
  @Override
  public String toString() {
    return file + (inLines ? ":" : ", row ") + number;
  }
}
