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
import org.junit.jupiter.params.provider.ValueSource;

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
        "F32   | [2,3]  | [-4,20]  | entry t: data_offsets has -4; it must be whole numbers from 0",
        "F32   | [2,3]  | [24,0]   | is said to be at",
        "F32   | [2,3]  | [9223372036854775800,9223372036854775807] | data_offsets has 9223372036854775800",
        "F32   | [2,3]  | [900000000000000000,900000000000000024] | is said to be at",
        "F32   | [2,3]  | [0,24,24] | data_offsets = [0, 24, 24]; it must be two whole numbers",
        "F32   | [2,3.0] | [0,24]  | shape has 3.0; it must be whole numbers",
        "F32   | [96.7] | [0,24]   | shape has 96.7; it must be whole numbers",
        "F32   | [6e0]  | [0,24]   | shape has 6e0; it must be whole numbers",
        "F32   | [2,3]  | [0,24.0] | data_offsets has 24.0; it must be whole numbers",
        "F32   | [\"6\"] | [0,24]  | shape has (no number)",
        "F32   | [2,3]  | [4,28]   | the 4 bytes before tensor t belong to none",
        "F32   | [2,3]  | [0,24]   | the last 8 bytes belong to no tensor",
        "F32   | [2,3]  | [0]      | entry t",
        "F32   | [2,3]  | 24       | entry t",
        "F32   | 6      | [0,24]   | entry t",
        "F32   | [2,-3] | [0,24]   | shape has -3; it must be whole numbers from 0",
        "F32   | [4294967296,4294967296] | [0,0] | needs 73786976294838206464 bytes",
        "I8    | [24]   | [0,24]   | tensor t has type I8; F32, F16 and BF16 are read",
        "F64   | [3]    | [0,24]   | tensor t has type F64",
      })
  void damagedEntriesAreNamed(String type, String shape, String offsets, String part)
      throws IOException {
    String header = "{\"t\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}";
    assertRefused(file(header.formatted(type, shape, offsets), 32), part);
  }

  /**
   * Each of these the format's own library (0.8) refuses too, but for the two of the last lines.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{A,B}              | 36 | the 4 bytes before tensor b belong to none",
        "{A}x               | 24 | not a JSON object",
        "{A}{}              | 24 | not a JSON object",
        "{/* */A}           | 24 | not a JSON object",
        "{'a':{}}           | 24 | not a JSON object",
        "{A,}               | 24 | not a JSON object",
        "{\"a\":null}        | 0  | entry a is not an object with dtype, shape and data_offsets",
        "{\"a\":{\"shape\":[6],\"data_offsets\":[0,24]}} | 24 | entry a is not an object with",
        "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}} | 24 | entry a has the key dtype twice",
        "{\"__metadata__\":{},\"__metadata__\":{}} | 0 | has the entry __metadata__ twice",
        "{\"__metadata__\":{\"k\":1}} | 0 | entry __metadata__ is not an object of texts",
        "{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}} | 0 | is not Unicode",
        "{}                 | 1  | the last 1 bytes belong to no tensor",
        "{\"__metadata__\":{\"k\":\"1\",\"k\":\"1\"}} | 0 | entry __metadata__ has the key k twice",
        "{A,A}              | 24 | its header has the entry a twice",
      })
  void aHeaderIsReadStrictly(String header, int data, String part) throws IOException {
    String b = "\"b\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[28,36]}";
    String whole = header.replace("A", A).replace(",B", "," + b);
    assertRefused(file(whole, data), "damaged", part);
  }

  @Test
  void aHeaderIsUtf8WithoutAMark() throws IOException {
    Path file = file("{" + A + "}", 24);
    byte[] bytes = Files.readAllBytes(file);
    bytes[Long.BYTES + 2] = (byte) 0xff;
    Files.write(file, bytes);
    assertRefused(file, "damaged", "not UTF-8");
    assertRefused(file("\ufeff{" + A + "}", 24), "byte order mark");
    assertRefused(file("{" + A + "}\0", 24), "not a JSON object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{A}                                            | 24",
        "` \n{A}  `                                    | 24",
        "{\"__metadata__\":null,A}                      | 24",
        "{A,\"__metadata__\":{\"k\":\"v\"}}               | 24",
        "{\"e\":{\"dtype\":\"F16\",\"shape\":[0],\"data_offsets\":[24,24]},A} | 24",
        "{\"s\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[24,28],\"x\":[{}]},A} | 28",
        "{}                                             | 0",
      })
  void whatTheFormatAllowsIsRead(String header, int data) throws IOException {
    new SafetensorsReader(file(header.replace("A", A), data)).close();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void aWeightThatIsNotFiniteIsNamed(float wrong) throws IOException {
    Path file = file("{" + A + "}", 24);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(bytes.length - 4, -Float.MAX_VALUE).putFloat(bytes.length - 8, wrong);
    Files.write(file, bytes);
    try (SafetensorsReader reader = new SafetensorsReader(file)) {
      StoredTensor a = Objects.requireNonNull(reader.tensors().get("a"));
      assertEquals(4, a.readFinite(0, 4).length);
      UserException e = assertThrows(UserException.class, () -> a.readFinite(3, 3));
      assertEquals(
          "%s: tensor a of shape [2, 3] has %s at place 4".formatted(file, wrong), e.getMessage());
    }
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
