package io.lanpo.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyboardTest {
  private static Keyboard typed(String keys) {
    return Keyboard.of(new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void linesEndWhereReturnWasPressed() {
    Keyboard keyboard = typed("Köln\nb\rc");
    assertTrue(keyboard.present());
    assertEquals(Optional.of("Köln"), keyboard.line());
    assertEquals(Optional.of("b"), keyboard.line());
    assertEquals(Optional.empty(), keyboard.line());
  }

  @Test
  void controlDEndsTheInput() {
    assertEquals(Optional.empty(), typed("a\u0004b\n").line());
  }

  @Test
  void nobodyAnswersWhereNobodyIs() {
    assertFalse(Keyboard.NONE.present());
    assertEquals(Optional.empty(), Keyboard.NONE.line());
  }
}
