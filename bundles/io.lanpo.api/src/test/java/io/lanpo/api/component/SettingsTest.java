package io.lanpo.api.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  private enum Fruit {
    RED_APPLE,
    PEAR
  }

  private static final Setting<Integer> STEPS =
      Setting.integer("steps", 100, 1, 1000, "steps", "how long");
  private static final Setting<Double> RATIO =
      Setting.decimal("feedback.ratio", 0.5, 0, 1, "share", "how much");
  private static final Setting<Boolean> DISTIL = Setting.flag("distil", true, "whether");
  private static final Setting<Fruit> FRUIT = Setting.choice("fruit", Fruit.class, "which");
  private static final Setting<String> NOTE = Setting.text("note", "", "anything");
  private static final List<Setting<?>> KNOWN = List.of(STEPS, RATIO, DISTIL, FRUIT, NOTE);

  @Test
  void aSettingReadsWhatItDeclares() {
    Settings settings =
        Settings.of("file", KNOWN, Map.of("steps", " 7 ", "fruit", "pear", "note", "x"));
    assertEquals(7, settings.get(STEPS));
    assertEquals(Fruit.PEAR, settings.get(FRUIT));
    assertEquals("x", settings.get(NOTE));
    assertEquals(
        1L << 40,
        Settings.defaults(List.of(Setting.wide("w", 1L << 40, 0, 1L << 41, "", "")))
            .get(Setting.wide("w", 0, 0, 0, "", "")));
  }

  @Test
  void defaultsStandForAbsentKeys() {
    Settings settings = Settings.defaults(KNOWN);
    assertEquals(100, settings.get(STEPS));
    assertEquals(0.5, settings.get(RATIO));
    assertTrue(settings.get(DISTIL));
    assertEquals(Fruit.RED_APPLE, settings.get(FRUIT));
    assertEquals(
        List.of("steps", "feedback.ratio", "distil", "fruit", "note"),
        List.copyOf(settings.asMap().keySet()));
    assertEquals("pear", FRUIT.withDefault(Fruit.PEAR).defaultValue());
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
  void whatIsNotDeclaredIsAProgrammingError() {
    Settings settings = Settings.defaults(KNOWN);
    Setting<Integer> note = Setting.integer("note", 0, 0, 1, "", "");
    Setting<String> absent = Setting.text("absent", "", "");
    assertThrows(IllegalArgumentException.class, () -> settings.get(note));
    assertThrows(IllegalArgumentException.class, () -> settings.get(absent));
  }

  @Test
  void settingsUnderAPrefixAreReadWithoutIt() {
    List<Setting<?>> all = new ArrayList<>(KNOWN);
    KNOWN.forEach(setting -> all.add(setting.prefixed("task.")));
    Settings settings = Settings.of("file", all, Map.of("task.steps", "3"));
    Settings task = settings.under("task.");
    assertEquals(3, task.get(STEPS));
    assertEquals(100, settings.get(STEPS));
    assertEquals("task.steps", task.key(STEPS));
    assertEquals("3", task.asMap().get("steps"));
    assertFalse(task.asMap().containsKey("task.steps"));
    assertThrows(IllegalArgumentException.class, () -> settings.under("pool.").get(STEPS));
  }

  @Test
  void namesThatAreFarAwayAreListedInstead() {
    assertEquals(
        "Did you mean micro or micro-grpo?",
        Names.suggestion("micr", List.of("micro-grpo", "micro")));
    assertEquals("Known: a1, b1.", Names.suggestion("zzzzzzzz", List.of("b1", "a1")));
    assertEquals("There are none.", Names.suggestion("x", List.of()));
  }

  private static final Setting<Object> CHAT = Setting.scalars("chat.*", "variables");

  private static Settings chat(String... written) {
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < written.length; i += 2) {
      given.put("policy.chat." + written[i], written[i + 1]);
    }
    return Settings.of("file", List.of(NOTE, CHAT.prefixed("policy.")), given).under("policy.");
  }

  @Test
  void anOpenSettingStandsForAnyNumberOfKeys() {
    Settings settings = chat("b", "x y", "a", " false ", "n", "-12", "r", "1.5e2", "q", "\"12\"");
    assertEquals(
        Map.of("a", false, "b", "x y", "n", -12L, "r", 150.0, "q", "12"), settings.members(CHAT));
    assertEquals("\"12\"", settings.asMap().get("chat.q"));
    assertEquals(List.of("a", "b", "n", "q", "r"), List.copyOf(settings.members(CHAT).keySet()));
    assertEquals(Map.of(), chat().members(CHAT));
    assertEquals(true, settings.with(Map.of("chat.a", "true")).members(CHAT).get("a"));
    assertTrue(settings.declares(CHAT));
    assertFalse(settings.declares(STEPS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "chat.a | null | policy.chat.a = null is not allowed; it must be true, false, a number, or text",
        "chat.a | [1] | policy.chat.a = [1] is not allowed",
        "chat.a | \"open | policy.chat.a = \"open is not allowed",
        "chat.a | 1e999 | policy.chat.a = 1e999 is not allowed",
        "chat.a-b | 1 | unknown key policy.chat.a-b = 1",
        "chat.* | 1 | unknown key policy.chat.* = 1",
        "chat. | 1 | unknown key policy.chat. = 1",
      })
  void whatIsNoScalarOrNoNameIsRefused(String key, String value, String reason) {
    UserException e =
        assertThrows(UserException.class, () -> chat(key.substring("chat.".length()), value));
    assertTrue(e.getMessage().startsWith("file: " + reason), e.getMessage());
  }

  @Test
  void aScalarIsReadAsJsonReadsIt() {
    assertEquals("a\"\\\n\u00e9", CHAT.read("\"a\\\"\\\\\\n\\u00e9\""));
    assertEquals("007", CHAT.read("007"));
    assertEquals("True", CHAT.read("True"));
    assertEquals("", CHAT.read(""));
  }
}
