package io.lanpo.api.component;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComponentOptionsTest {
  private final ComponentOptions options =
      new ComponentOptions(
          Map.of(
              "felix.fileinstall.filename", "file:/configs/x.cfg",
              "service.pid", "x",
              "component.id", 4L,
              "lanpo.name", "mine",
              "size", "big",
              "words", new String[] {"a", "b"}));

  @Test
  void allowsKnownKeysAndThoseOfTheFramework() {
    assertDoesNotThrow(() -> options.allow(List.of("size", "words")));
  }

  @Test
  void refusesAnUnknownKeyAndOffersTheNearest() {
    UserException e =
        assertThrows(UserException.class, () -> options.allow(List.of("sizes", "words")));
    assertEquals("/configs/x.cfg: unknown key size = big", e.getMessage());
    assertEquals("Did you mean sizes?", e.nextStep());
    e = assertThrows(UserException.class, () -> options.allow(List.of("size")));
    assertTrue(e.getMessage().endsWith("unknown key words = [a, b]"), e.getMessage());
  }

  @Test
  void readsAValueThatIsAllowed() {
    assertEquals(3, options.read("size", () -> 3, v -> v > 0, "above 0"));
  }

  @Test
  void refusesAValueThatIsNotAllowedOrCannotBeConverted() {
    String message = "/configs/x.cfg: size = big is not allowed; it must be above 0";
    assertEquals(
        message,
        assertThrows(
                UserException.class, () -> options.read("size", () -> 0, v -> v > 0, "above 0"))
            .getMessage());
    UserException e =
        assertThrows(
            UserException.class,
            () -> options.read("size", () -> Integer.valueOf("big"), v -> v > 0, "above 0"));
    assertEquals(message, e.getMessage());
    assertTrue(e.getCause() instanceof NumberFormatException);
  }

  @Test
  void namesThePidWhenThereIsNoFile() {
    ComponentOptions byPid = new ComponentOptions(Map.of("service.pid", "io.lanpo.x~a"));
    assertEquals("io.lanpo.x~a: k is odd", byPid.refuse("k", "is odd", "", null).getMessage());
  }
}
