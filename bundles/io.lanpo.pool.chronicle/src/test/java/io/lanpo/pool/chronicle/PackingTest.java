package io.lanpo.pool.chronicle;

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

  /** By another implementation: zlib's raw deflate of 300 times the letter a. */
  @Test
  void theBytesOfVersionTwoStayAsTheyAre() throws IOException {
    assertEquals(
        "a".repeat(300),
        new String(
            packing.unpack(HexFormat.of().parseHex("010000012c" + "4b4c1c05c40200")),
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
        "01ffffffff4b4c",
        "010000012d4b4c1c05c40200",
        "010000012cffff"
      })
  void damageIsNoticed(String hex) {
    byte[] packed = HexFormat.of().parseHex(hex);
    assertThrows(IOException.class, () -> packing.unpack(packed));
  }
}
