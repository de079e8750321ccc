package io.lanpo.libs.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads back what was written; TensorBoard itself reads it in integration-tests/peers. */
class EventFileTest {
  @TempDir Path folder;

  /** The checksum of the length that begins a file of TensorFlow with a record of 24 bytes. */
  @Test
  void aRecordIsFramedAsTensorFlowFramesIt() {
    byte[] framed = RecordFraming.framed(new byte[24]);
    assertEquals(8 + 4 + 24 + 4, framed.length);
    assertArrayEquals(
        HexFormat.of().parseHex("1800000000000000a37f4b22"), Arrays.copyOf(framed, 12));
  }

  @Test
  void everyRecordCanBeReadBack() throws Exception {
    try (EventFile file = EventFile.begin(folder, 1_700_000_000_250L, 0)) {
      file.add(1_700_000_001.5, 1, Map.of("reward/scratch", 0.25));
      file.add(1_700_000_002.5, 7, Map.of("kl", 1e-3));
    }
    List<String> events = events(only());
    assertEquals(
        List.of(
            "1.70000000025E9 0 brain.Event:2",
            "1.70000000025E9 1 session 1",
            "1.7000000015E9 1 reward/scratch=0.25",
            "1.7000000025E9 7 kl=0.001"),
        events);
  }

  /** The second file of the same second must still come after the first. */
  @Test
  void aNewFileReplacesTheOlderOnesAndComesAfterThem() throws Exception {
    EventFile.begin(folder, 1_700_000_000_000L, 0).close();
    Path first = only();
    try (EventFile file = EventFile.begin(folder, 1_700_000_000_900L, 0)) {
      file.add(3, 1, Map.of("a", 1.0));
    }
    Path second = only();
    assertTrue(second.compareTo(first) > 0, second + " after " + first);
    assertEquals(3, events(second).size());
  }

  private Path only() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertEquals(1, all.size(), all.toString());
      return all.get(0);
    }
  }

  private static List<String> events(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<String> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int begin = bytes.position();
      byte[] data = new byte[(int) bytes.getLong()];
      bytes.getInt();
      bytes.get(data);
      bytes.getInt();
      byte[] whole = Arrays.copyOfRange(bytes.array(), begin, bytes.position());
      assertArrayEquals(RecordFraming.framed(data), whole);
      events.add(event(CodedInputStream.newInstance(data)));
    }
    return events;
  }

  private static String event(CodedInputStream in) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case 1 -> text.append(in.readDouble());
        case 2 -> text.append(' ').append(in.readInt64());
        case 3 -> text.append(' ').append(in.readString());
        case 5 -> text.append(' ').append(summary(in.readByteBuffer()));
        case 7 -> {
          CodedInputStream session = CodedInputStream.newInstance(in.readByteBuffer());
          assertEquals(8, session.readTag());
          text.append(" session ").append(session.readEnum());
        }
        default -> throw new AssertionError("tag " + tag);
      }
    }
    return text.toString();
  }

  private static String summary(ByteBuffer bytes) throws Exception {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    assertEquals(1, WireFormat.getTagFieldNumber(in.readTag()));
    CodedInputStream value = CodedInputStream.newInstance(in.readByteBuffer());
    assertEquals(1, WireFormat.getTagFieldNumber(value.readTag()));
    String tag = new String(value.readByteArray(), StandardCharsets.UTF_8);
    assertEquals(2, WireFormat.getTagFieldNumber(value.readTag()));
    return tag + "=" + value.readFloat();
  }
}
