package io.lanpo.engine.rollout;

import io.lanpo.api.component.Setting;
import org.jspecify.annotations.Nullable;

/** Values as a log has them. */
public final class LogValues {
  private LogValues() {}

  public static <T> T required(String key, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("the key %s is missing".formatted(key));
    }
    return value;
  }

  public static <E extends Enum<E>> E constant(String key, Class<E> type, @Nullable String word) {
    String given = required(key, word);
    for (E constant : type.getEnumConstants()) {
      if (Setting.word(constant).equals(given)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("%s = %s is not known".formatted(key, given));
  }
}
