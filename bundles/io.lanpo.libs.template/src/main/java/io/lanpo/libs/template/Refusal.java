package io.lanpo.libs.template;

import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Says where a template is written when it is refused: only its reader knows file and key. */
@ConsumerType
@FunctionalInterface
public interface Refusal {
  /**
   * What to throw.
   *
   * @param what what is wrong; follows file and key, as in {@code does not refer to {{question}}}
   * @param nextStep what the user can do about it
   * @param cause the failure behind it, if there is one
   */
  UserException refuse(String what, String nextStep, @Nullable Throwable cause);

  /** Of what a component's own file says under a key. */
  static Refusal of(ComponentOptions options, String key) {
    return (what, nextStep, cause) -> options.refuse(key, what, nextStep, cause);
  }

  /** Of what a run's configuration says. */
  static Refusal of(Settings settings, Setting<?> setting) {
    return (what, nextStep, cause) ->
        new UserException(settings.key(setting) + " " + what, nextStep, cause);
  }
}
