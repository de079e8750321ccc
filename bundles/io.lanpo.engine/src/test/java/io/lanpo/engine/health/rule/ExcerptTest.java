package io.lanpo.engine.health.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void itIsShortAndOnOneLineAndNoTerminalObeysIt() {
    Excerpt excerpt =
        new Excerpt("a".repeat(100) + "\nthe\t answer \u001b]0;x\u0007\u202e😀", "why\r\nnot");
    assertEquals("why not", excerpt.explanation());
    assertEquals(41, excerpt.ending().codePointCount(0, excerpt.ending().length()));
    assertEquals(
        "a the answer \ufffd]0;x\ufffd\ufffd😀",
        excerpt.ending().substring(excerpt.ending().indexOf("a the")));
    assertFalse(excerpt.ending().chars().anyMatch(Character::isISOControl));
  }

  @Test
  void whatIsLongIsCutBetweenCharacters() {
    Excerpt excerpt = new Excerpt("😀".repeat(50), "😀".repeat(200));
    assertEquals("…" + "😀".repeat(40), excerpt.ending());
    assertEquals("😀".repeat(160) + "…", excerpt.explanation());
  }

  @Test
  void fromALineOfMetricsItIsTheSame() {
    Excerpt excerpt = new Excerpt("z".repeat(99), "y".repeat(999));
    assertEquals(Optional.of(excerpt), Excerpt.of(excerpt.asMap()));
    assertEquals(Optional.empty(), Excerpt.of("text"));
    assertEquals(Optional.empty(), Excerpt.of(null));
  }
}
