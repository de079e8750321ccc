package io.lanpo.api.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private enum Fruit {
    RED_APPLE,
    PEAR
  }

  private static final List<Setting> KNOWN =
      List.of(
          Setting.integer("steps", 100, 1, 1000, "steps", "how long"),
          Setting.decimal("feedback.ratio", 0.5, 0, 1, "share", "how much"),
          Setting.flag("distil", true, "whether"),
          Setting.choice("fruit", Fruit.class, "which"),
          Setting.text("note", "", "anything"));

  @Test
  void defaultsStandForAbsentKeys() {
    Settings settings = Settings.of("file", KNOWN, Map.of("steps", " 7 "));
    assertEquals(7, settings.integer("steps"));
    assertEquals(0.5, settings.decimal("feedback.ratio"));
    assertTrue(settings.flag("distil"));
    assertEquals(Fruit.RED_APPLE, settings.choice("fruit", Fruit.class));
    assertEquals(
        List.of("steps", "feedback.ratio", "distil", "fruit", "note"),
        List.copyOf(settings.asMap().keySet()));
  }

  @ParameterizedTest
  @CsvSource({
    "steps, 0, a whole number from 1 to 1000 (steps)",
    "steps, 1001, a whole number from 1 to 1000 (steps)",
    "steps, 1.5, a whole number from 1 to 1000 (steps)",
    "steps, 99999999999999999999, a whole number from 1 to 1000 (steps)",
    "feedback.ratio, 1.01, a number from 0 to 1 (share)",
    "feedback.ratio, NaN, a number from 0 to 1 (share)",
    "feedback.ratio, 0x1p-3, a number from 0 to 1 (share)",
    "distil, yes, 'true, false'",
    "fruit, plum, 'red-apple, pear'",
  })
  void aValueOutOfRangeIsNamedWithWhatIsAllowed(String key, String value, String allowed) {
    UserException refused =
        assertThrows(UserException.class, () -> Settings.of("my.cfg", KNOWN, Map.of(key, value)));
    String message = String.valueOf(refused.getMessage());
    for (String part : List.of("my.cfg", key, value, allowed)) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestOnes() {
    UserException refused =
        assertThrows(
            UserException.class,
            () -> Settings.of("my.cfg", KNOWN, Map.of("feedback.ration", "1")));
    assertTrue(
        String.valueOf(refused.getMessage()).contains("my.cfg: unknown key feedback.ration"));
    assertEquals("Did you mean feedback.ratio?", refused.nextStep());
  }

  @Test
  void aKeyReadAsAnotherTypeIsAProgrammingError() {
    Settings settings = Settings.defaults(KNOWN);
    assertThrows(IllegalArgumentException.class, () -> settings.integer("note"));
    assertThrows(IllegalArgumentException.class, () -> settings.text("absent"));
  }

  @Test
  void prefixesComeAndGo() {
    List<Setting> prefixed = KNOWN.stream().map(s -> s.prefixed("task.")).toList();
    Settings settings = Settings.of("file", prefixed, Map.of("task.steps", "3"));
    assertEquals("3", settings.under("task.").get("steps"));
    assertFalse(settings.under("pool.").containsKey("steps"));
  }

  @Test
  void namesThatAreFarAwayAreListedInstead() {
    assertEquals(
        "Did you mean micro or micro-grpo?",
        Names.suggestion("micr", List.of("micro-grpo", "micro")));
    assertEquals("Known: a1, b1.", Names.suggestion("zzzzzzzz", List.of("b1", "a1")));
    assertEquals("There are none.", Names.suggestion("x", List.of()));
  }
}
