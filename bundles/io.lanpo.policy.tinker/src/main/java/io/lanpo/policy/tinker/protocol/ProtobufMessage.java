package io.lanpo.policy.tinker.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.lanpo.libs.http.MalformedAnswer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of protocol buffers that was read, by the numbers of its fields: the protocol has a few
 * small messages, which are not worth a code generator. Arrays of numbers travel as bytes,
 * little-endian. A field that is absent, or of another type, is empty; of one that is there twice
 * the last counts.
 *
 * @param fields its fields
 */
public record ProtobufMessage(UnknownFieldSet fields) {
  /**
   * Reads a message.
   *
   * @throws MalformedAnswer when it is cut off or is none
   */
  public static ProtobufMessage parse(ByteString bytes) throws MalformedAnswer {
    try {
      return new ProtobufMessage(UnknownFieldSet.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedAnswer("it is cut off or no message of protocol buffers", e);
    }
  }

  /** The field as a whole number; 0 when it is absent. */
  long number(int field) {
    List<Long> all = fields.getField(field).getVarintList();
    return all.isEmpty() ? 0 : all.get(all.size() - 1);
  }

  /** The field as messages, one for each time that it is there. */
  public List<ProtobufMessage> messages(int field) throws MalformedAnswer {
    List<ProtobufMessage> messages = new ArrayList<>();
    for (ByteString bytes : fields.getField(field).getLengthDelimitedList()) {
      messages.add(parse(bytes));
    }
    return messages;
  }

  /** The field as a message; an empty one when it is absent. */
  ProtobufMessage message(int field) throws MalformedAnswer {
    return parse(bytes(field));
  }

  String text(int field) {
    return bytes(field).toStringUtf8();
  }

  ByteString bytes(int field) {
    List<ByteString> all = fields.getField(field).getLengthDelimitedList();
    return all.isEmpty() ? ByteString.EMPTY : all.get(all.size() - 1);
  }

  /** The field as numbers of four bytes. */
  float[] floats(int field) throws MalformedAnswer {
    float[] values = new float[count(field, Float.BYTES)];
    buffer(field).asFloatBuffer().get(values);
    return values;
  }

  /** The field as numbers of four bytes. */
  int[] integers(int field) throws MalformedAnswer {
    int[] values = new int[count(field, Integer.BYTES)];
    buffer(field).asIntBuffer().get(values);
    return values;
  }

  /** The field as numbers of eight bytes. */
  long[] longs(int field) throws MalformedAnswer {
    long[] values = new long[count(field, Long.BYTES)];
    buffer(field).asLongBuffer().get(values);
    return values;
  }

  private int count(int field, int size) throws MalformedAnswer {
    int bytes = bytes(field).size();
    if (bytes % size != 0) {
      throw new MalformedAnswer("an array of numbers is cut off");
    }
    return bytes / size;
  }

  private ByteBuffer buffer(int field) {
    return bytes(field).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
