package io.lanpo.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages inputs at random; the same seed damages them in the same way. */
final class Mutator {
  private static final int LONGEST = 1 << 16;
  private static final int MOST_REPEATED = 20_000;
  private static final int MOST_CHANGES = 5;

  /** What breaks readers of numbers, names and lists. */
  private static final List<String> ODD =
      List.of(
          "-1",
          "0",
          "-0",
          "1.5",
          "1e999",
          "1e999999999",
          "1e-999999999",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "18446744073709551616",
          "NaN",
          "-Infinity",
          "null",
          "true",
          "{}",
          "[]",
          "\"\"",
          "[",
          "{",
          "]",
          "}",
          ",",
          ":",
          "\"",
          "'",
          "\\",
          "\\u",
          "\\ud800",
          "\u0000",
          "\ufeff",
          "\u2028",
          "\r",
          "\n",
          "%",
          "%s",
          "..",
          "/",
          "~",
          "=");

  private final Random random;
  private final List<byte[]> sound;
  private final List<String> pieces;

  Mutator(long seed, List<byte[]> sound, List<String> pieces) {
    this.random = new Random(seed);
    this.sound = List.copyOf(sound);
    this.pieces = List.copyOf(pieces);
  }

  /** The next input. */
  byte[] next() {
    byte[] input = any().clone();
    // one alone comes furthest: most others end the reading at once
    int changes = random.nextBoolean() ? 1 : random.nextInt(1, MOST_CHANGES + 1);
    for (int i = 0; i < changes; i++) {
      input = changed(input);
    }
    return input.length <= LONGEST ? input : spliced(input, LONGEST, input.length, new byte[0]);
  }

  private byte[] any() {
    return sound.get(random.nextInt(sound.size()));
  }

  private byte[] changed(byte[] input) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + random.nextInt(random.nextBoolean() ? 4 : 40));
    return switch (random.nextInt(10)) {
      case 0 -> flipped(input, from);
      case 1 -> spliced(input, from, to, new byte[] {(byte) random.nextInt(256)});
      case 2 -> spliced(input, from, to, new byte[0]);
      case 3 -> spliced(input, from, from, part(input, from, to));
      case 4 -> spliced(input, from, input.length, new byte[0]);
      case 5 -> spliced(input, from, to, otherPart());
      case 6 -> spliced(input, from, from, repeated(piece()));
      case 7 -> valueReplaced(input, from);
      default -> spliced(input, from, random.nextBoolean() ? from : to, piece());
    };
  }

  private byte[] piece() {
    List<String> all = pieces.isEmpty() || random.nextInt(3) == 0 ? ODD : pieces;
    return all.get(random.nextInt(all.size())).getBytes(StandardCharsets.UTF_8);
  }

  private byte[] otherPart() {
    byte[] other = any();
    int from = random.nextInt(other.length + 1);
    return part(other, from, Math.min(other.length, from + random.nextInt(60)));
  }

  /** Rarely very often: what nests too deeply, or is too long. */
  private byte[] repeated(byte[] piece) {
    int most = random.nextInt(10) == 0 ? MOST_REPEATED : 8;
    int times = random.nextInt(1, most + 1);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times && all.size() < MOST_REPEATED; i++) {
      all.writeBytes(piece);
    }
    return all.toByteArray();
  }

  /** A number, a word or a quoted text that begins at the place or behind it, by another value. */
  private byte[] valueReplaced(byte[] input, int place) {
    int from = place;
    while (from < input.length && !isWord(input[from])) {
      from++;
    }
    int to = from;
    while (to < input.length && isWord(input[to])) {
      to++;
    }
    return spliced(input, from, to, piece());
  }

  private static boolean isWord(byte b) {
    return Character.isLetterOrDigit(b) || b == '.' || b == '-' || b == '_' || b == '"';
  }

  private byte[] flipped(byte[] input, int at) {
    byte[] flipped = input.clone();
    if (at < flipped.length) {
      flipped[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    }
    return flipped;
  }

  private static byte[] part(byte[] input, int from, int to) {
    return Arrays.copyOfRange(input, from, to);
  }

  private static byte[] spliced(byte[] input, int from, int to, byte[] by) {
    byte[] spliced = new byte[from + by.length + input.length - to];
    System.arraycopy(input, 0, spliced, 0, from);
    System.arraycopy(by, 0, spliced, from, by.length);
    System.arraycopy(input, to, spliced, from + by.length, input.length - to);
    return spliced;
  }
}
