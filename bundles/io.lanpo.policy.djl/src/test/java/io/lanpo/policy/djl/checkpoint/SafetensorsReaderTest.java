package io.lanpo.policy.djl.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of tensors, written here byte by byte. */
class SafetensorsReaderTest {
  private static final String A =
      "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}";

  @TempDir private Path folder;

  private Path file(long length, String header, int data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + text.length + data);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(text);
    Path file = folder.resolve("t.safetensors");
    Files.write(file, bytes.array());
    return file;
  }

  private Path file(String header, int data) throws IOException {
    return file(header.getBytes(StandardCharsets.UTF_8).length, header, data);
  }

  private static void assertRefused(Path file, String... parts) {
    UserException e = assertThrows(UserException.class, () -> new SafetensorsReader(file));
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    for (String part : parts) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }

  @Test
  void aSoundFileIsRead() throws IOException {
    try (SafetensorsReader reader = new SafetensorsReader(file("{" + A + "}", 24))) {
      StoredTensor a = Objects.requireNonNull(reader.tensors().get("a"));
      assertArrayEquals(new long[] {2, 3}, a.shape());
      assertArrayEquals(new float[2], a.read(4, 2));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "F32   | [2,3]  | [0,28]   | needs 24 bytes and has 28",
        "F32   | [2,3]  | [0,20]   | needs 24 bytes and has 20",
        "F32   | [2,3]  | [16,40]  | is said to be at",
        "F32   | [2,3]  | [-4,20]  | is said to be at",
        "F32   | [2,3]  | [24,0]   | is said to be at",
        "F32   | [2,3]  | [9223372036854775800,9223372036854775807] | is said to be at",
        "F32   | [2,3]  | [0]      | entry t",
        "F32   | [2,3]  | 24       | entry t",
        "F32   | 6      | [0,24]   | entry t",
        "F32   | [2,-3] | [0,24]   | needs -24 bytes",
        "F32   | [4294967296,4294967296] | [0,0] | needs 73786976294838206464 bytes",
        "I8    | [24]   | [0,24]   | tensor t has type I8; F32, F16 and BF16 are read",
        "F64   | [3]    | [0,24]   | tensor t has type F64",
      })
  void damagedEntriesAreNamed(String type, String shape, String offsets, String part)
      throws IOException {
    String header = "{\"t\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}";
    assertRefused(file(header.formatted(type, shape, offsets), 32), part);
  }

  @Test
  void tensorsThatOverlapAreNamed() throws IOException {
    String b = "\"b\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[20,28]}";
    assertRefused(file("{" + A + "," + b + "}", 28), "damaged", "tensor b overlaps another");
  }

  @ParameterizedTest
  @CsvSource({"-1", "0", "1", "100", "9223372036854775807", "100000001"})
  void aHeaderLengthOutOfRangeIsRefused(long length) throws IOException {
    assertRefused(file(length, "{" + A + "}", 24), "header's length", Long.toString(length));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"[]", "{", "nothing", "{}}", "7"})
  void aHeaderThatIsNoObjectIsRefused(String header) throws IOException {
    assertRefused(file(header + "  ", 24), "damaged", "not a JSON object");
  }

  @Test
  void aTensorBehindTwoGigabytesIsRead() throws IOException {
    long count = 600_000_000L; // 2.4 GB, of which the disk holds nothing but the end
    String header =
        "{\"t\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(count, count * Float.BYTES);
    Path file = file(header, 0);
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(Long.BYTES + header.length() + (count - 1) * Float.BYTES);
      raw.writeInt(Integer.reverseBytes(Float.floatToIntBits(1.5f)));
    }
    try (SafetensorsReader reader = new SafetensorsReader(file)) {
      StoredTensor tensor = Objects.requireNonNull(reader.tensors().get("t"));
      assertArrayEquals(new float[] {0, 1.5f}, tensor.read(count - 2, 2));
    }
  }
}
