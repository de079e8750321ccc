package io.lanpo.libs.tensorboard;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads back what {@link EventFile} has written, as far as it is whole. */
final class EventRecords {
  private static final int AROUND = Long.BYTES + 2 * Integer.BYTES;

  private EventRecords() {}

  /**
   * The events with a text of steps up to one; a record that is not whole ends the file.
   *
   * @param last the last step
   */
  static List<byte[]> texts(Path file, int last) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> texts = new ArrayList<>();
    while (bytes.remaining() >= AROUND) {
      int begin = bytes.position();
      long length = bytes.getLong();
      if (length < 0 || length > bytes.limit() - begin - AROUND) {
        break;
      }
      int from = begin + Long.BYTES + Integer.BYTES;
      byte[] data = Arrays.copyOfRange(bytes.array(), from, from + (int) length);
      int end = begin + AROUND + (int) length;
      if (!Arrays.equals(
          RecordFraming.framed(data), Arrays.copyOfRange(bytes.array(), begin, end))) {
        break;
      }
      bytes.position(end);
      if (isText(data, last)) {
        texts.add(data);
      }
    }
    return texts;
  }

  private static boolean isText(byte[] event, int last) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(event);
    boolean text = false;
    long step = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case EventMessages.STEP -> step = in.readInt64();
        case EventMessages.SUMMARY -> text = plugin(in.readByteArray()).equals(EventMessages.TEXT);
        default -> in.skipField(tag);
      }
    }
    return text && step <= last;
  }

  /** The plugin that a summary is for; empty for scalars. */
  private static String plugin(byte[] summary) throws IOException {
    byte[] value = message(summary, EventMessages.VALUE);
    byte[] metadata = message(value, EventMessages.METADATA);
    byte[] data = message(metadata, EventMessages.PLUGIN_DATA);
    return new String(message(data, EventMessages.PLUGIN_NAME), StandardCharsets.UTF_8);
  }

  /** The first field of that number; empty when there is none. */
  private static byte[] message(byte[] of, int field) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(of);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == field
          && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        return in.readByteArray();
      }
      in.skipField(tag);
    }
    return new byte[0];
  }
}
