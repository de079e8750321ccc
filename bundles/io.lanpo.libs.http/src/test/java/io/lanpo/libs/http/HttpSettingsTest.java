package io.lanpo.libs.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpSettingsTest {
  private static final Setting<String> OWN =
      Setting.text("own", "mine", "A setting of the backend.");

  private static final List<Setting<?>> KNOWN =
      HttpSettings.with("A_KEY", HttpSettings.AUTHORIZATION, 120, List.of(OWN));

  @Test
  void aBackendChoosesDefaultsAndAddsItsOwn() {
    Settings settings = Settings.defaults(KNOWN);
    assertEquals("A_KEY", settings.get(HttpSettings.KEY_VARIABLE));
    assertEquals(HttpSettings.AUTHORIZATION, settings.get(HttpSettings.KEY_HEADER));
    assertEquals(120, settings.get(HttpSettings.REQUEST_TIMEOUT));
    assertEquals("mine", settings.get(OWN));
  }

  @ParameterizedTest
  @CsvSource({
    "in-flight,0",
    "in-flight,1025",
    "request-timeout,0",
    "request-timeout,3601",
    "retries,-1",
    "retries,101",
    "key-header,cookie",
    "insecure,yes"
  })
  void aValueOutOfRangeIsNamed(String key, String value) {
    UserException e =
        assertThrows(UserException.class, () -> Settings.of("x.cfg", KNOWN, Map.of(key, value)));
    assertTrue(
        e.getMessage().startsWith("x.cfg: %s = %s is not allowed".formatted(key, value)),
        e.getMessage());
  }
}
