package io.lanpo.engine.config;

import io.lanpo.api.component.UserException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a model lies. Whether it is one, and of which format, is for a backend to say. */
public final class ModelPlace {
  private ModelPlace() {}

  /**
   * Refuses a place where there is nothing.
   *
   * @param key who names it, for the message
   * @param written as it is named
   * @param nextStep what would be right
   * @return the absolute path
   */
  public static Path existing(String key, String written, String nextStep) {
    Path place = Path.of(written).toAbsolutePath().normalize();
    if (Files.notExists(place)) {
      throw new UserException("%s = %s does not exist".formatted(key, place), nextStep);
    }
    return place;
  }
}
