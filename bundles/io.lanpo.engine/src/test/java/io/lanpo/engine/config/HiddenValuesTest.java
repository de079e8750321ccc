package io.lanpo.engine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.UserException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HiddenValuesTest {
  private static final ConfigurationSource WRITTEN =
      new ConfigurationSource("run.json", Map.of("seed", "1", "policy.api-key", Secrets.HIDDEN));

  @Test
  void whatHidesNothingStaysAsItIs() {
    ConfigurationSource open = new ConfigurationSource("run.json", Map.of("seed", "1"));
    assertSame(
        open,
        HiddenValues.completed(
            open,
            () -> {
              throw new IllegalStateException("the configuration may be gone");
            }));
  }

  @Test
  void aHiddenValueComesFromTheConfigurationAsItIsNow() {
    ConfigurationSource file =
        new ConfigurationSource("x.cfg", Map.of("seed", "2", "policy.api-key", "hunter2"));
    assertEquals(
        Map.of("seed", "1", "policy.api-key", "hunter2"),
        HiddenValues.completed(WRITTEN, () -> List.of(file)).values());
  }

  @Test
  void oneThatIsNowhereIsNamed() {
    UserException e =
        assertThrows(UserException.class, () -> HiddenValues.completed(WRITTEN, List::of));
    assertEquals(
        "run.json does not keep policy.api-key, which is secret, and the run's configuration does"
            + " not have it",
        e.getMessage());
  }
}
