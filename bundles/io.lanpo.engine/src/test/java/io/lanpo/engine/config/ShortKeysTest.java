package io.lanpo.engine.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortKeysTest {
  private static final List<Setting<?>> DECLARED =
      List.of(
          Setting.text("model", "", ""),
          Setting.text("task", "", ""),
          Setting.text("task.data", "", ""),
          Setting.text("policy.model", "", ""),
          Setting.text("coldstart.steps", "", ""),
          Setting.text("optimizer.steps", "", ""),
          Setting.text("task.held-out", "", ""),
          Setting.scalars("policy.chat.*", ""));

  @ParameterizedTest
  @CsvSource({
    "data, task.data",
    "task.data, task.data",
    "held-out, task.held-out",
    "model, model",
    "chat.enable_thinking, policy.chat.enable_thinking",
    "policy.chat.a, policy.chat.a",
    "enable_thinking, enable_thinking",
    "out, out",
    "dat, dat"
  })
  void theLastPartIsEnough(String written, String full) {
    assertEquals(
        Map.of(full, "x"), ShortKeys.inFull("--set", DECLARED, Map.of(written, "x")), written);
  }

  @Test
  void aKeyThatFitsSeveralSettingsIsRefused() {
    UserException refused = refused(Map.of("steps", "1"));
    assertEquals(
        "--set: steps may be any of coldstart.steps, optimizer.steps", refused.getMessage());
    assertEquals("Write the key in full.", refused.nextStep());
  }

  @Test
  void aSettingIsGivenOnce() {
    UserException refused = refused(Map.of("data", "a", "task.data", "b"));
    assertTrue(refused.getMessage().contains("task.data is given twice"), refused.getMessage());
  }

  private static UserException refused(Map<String, String> written) {
    return assertThrows(UserException.class, () -> ShortKeys.inFull("--set", DECLARED, written));
  }
}
