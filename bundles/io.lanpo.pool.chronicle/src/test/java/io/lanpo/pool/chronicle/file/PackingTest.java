package io.lanpo.pool.chronicle.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {
  private final Packing packing = new Packing();

  @AfterEach
  void close() {
    packing.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, 257, 5000, 100_000})
  void whatIsPackedComesBack(int length) throws IOException {
    byte[] noise = new byte[length];
    new Random(length).nextBytes(noise);
    assertArrayEquals(noise, packing.unpack(packing.pack(noise)));
    assertEquals(length + 1, packing.pack(noise).length, "noise stays as it is");
    byte[] text =
        "seven and two is nine. ".repeat(1 + length / 23).getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(text, packing.unpack(packing.pack(text)));
    assertTrue(length < 256 || packing.pack(text).length < text.length / 2);
  }

  /** By hand, from RFC 8878: a frame of one block that says 300 times the letter a. */
  @Test
  void theBytesOfVersionTwoStayAsTheyAre() throws IOException {
    assertEquals(
        "a".repeat(300),
        new String(
            packing.unpack(HexFormat.of().parseHex("010000012c" + "28b52ffd602c0063090061")),
            StandardCharsets.UTF_8));
    assertArrayEquals(new byte[] {7}, packing.unpack(new byte[] {0, 7}));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "02",
        "0100",
        "0100000001aa",
        "01ffffffff28b52ffd602c0063090061",
        "010000012d28b52ffd602c0063090061",
        "010000010028b52ffd602c0063090061",
        "010000012c28b52ffd602c00630900",
        "010000012cffff"
      })
  void damageIsNoticed(String hex) {
    byte[] packed = HexFormat.of().parseHex(hex);
    assertThrows(IOException.class, () -> packing.unpack(packed));
  }
}
