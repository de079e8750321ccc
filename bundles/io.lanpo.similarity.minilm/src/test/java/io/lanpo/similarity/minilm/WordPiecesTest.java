package io.lanpo.similarity.minilm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WordPiecesTest {
  private static final String VOCABULARY =
      """
      {"model": {"vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "apple": 3, "##s": 4, "$": 5, "12": 6,
       "##5": 7, ".": 8, "app": 9, "##le": 10, "cafe": 11, "数": 12}}}
      """;

  private static long[] encode(String text, int most) throws IOException {
    return WordPieces.read(new ByteArrayInputStream(VOCABULARY.getBytes(StandardCharsets.UTF_8)))
        .encode(text, most);
  }

  @Test
  void splitsWordsIntoTheLongestKnownPieces() throws IOException {
    assertArrayEquals(new long[] {1, 3, 4, 9, 2}, encode("Apples app", 99));
    assertArrayEquals(new long[] {1, 0, 3, 2}, encode("applet apple", 99));
  }

  @Test
  void separatesSignsAndIdeographsAndDropsAccents() throws IOException {
    assertArrayEquals(new long[] {1, 5, 6, 7, 8, 6, 2}, encode("$125.12", 99));
    assertArrayEquals(new long[] {1, 11, 12, 12, 2}, encode("Café\n数数\u200b", 99));
    assertArrayEquals(new long[] {1, 2}, encode("", 99));
  }

  @Test
  void cutsLongTextsAndNeverTheEndMark() throws IOException {
    long[] ids = encode("apple ".repeat(50), 10);
    assertEquals(10, ids.length);
    assertEquals(2, ids[9]);
    assertArrayEquals(new long[] {1, 0, 2}, encode("a".repeat(101), 99));
  }
}
