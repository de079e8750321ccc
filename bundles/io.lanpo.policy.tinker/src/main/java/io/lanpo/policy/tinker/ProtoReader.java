package io.lanpo.policy.tinker;

import io.lanpo.libs.http.MalformedAnswer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads protobuf's wire format; see {@link ProtoWriter}. What is unknown is skipped. */
final class ProtoReader {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED_32 = 5;

  private final ByteBuffer bytes;
  private int type;
  private long number;
  private ByteBuffer content;

  ProtoReader(ByteBuffer bytes) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.content = this.bytes;
  }

  /**
   * Goes to the next field.
   *
   * @return its number; 0 at the end
   * @throws MalformedAnswer when the message is cut off or is none
   */
  int next() throws MalformedAnswer {
    if (!bytes.hasRemaining()) {
      return 0;
    }
    long tag = varint();
    type = (int) (tag & 7);
    switch (type) {
      case VARINT -> number = varint();
      case FIXED_64 -> content = take(Long.BYTES);
      case FIXED_32 -> content = take(Integer.BYTES);
      case LENGTH -> content = take(varint());
      default -> throw new MalformedAnswer("a field has the unknown type " + type);
    }
    return (int) (tag >>> 3);
  }

  /** The field as a whole number. */
  long number() throws MalformedAnswer {
    require(VARINT);
    return number;
  }

  /** The field as bytes. */
  ByteBuffer bytes() throws MalformedAnswer {
    require(LENGTH);
    return content;
  }

  /** The field as a message. */
  ProtoReader message() throws MalformedAnswer {
    return new ProtoReader(bytes());
  }

  String text() throws MalformedAnswer {
    return StandardCharsets.UTF_8.decode(bytes().duplicate()).toString();
  }

  /** The field as numbers of four bytes. */
  float[] floats() throws MalformedAnswer {
    float[] values = new float[count(Float.BYTES)];
    content.asFloatBuffer().get(values);
    return values;
  }

  /** The field as numbers of four bytes. */
  int[] integers() throws MalformedAnswer {
    int[] values = new int[count(Integer.BYTES)];
    content.asIntBuffer().get(values);
    return values;
  }

  /** The field as numbers of eight bytes. */
  long[] longs() throws MalformedAnswer {
    long[] values = new long[count(Long.BYTES)];
    content.asLongBuffer().get(values);
    return values;
  }

  private int count(int size) throws MalformedAnswer {
    require(LENGTH);
    if (content.remaining() % size != 0) {
      throw new MalformedAnswer("an array of numbers is cut off");
    }
    return content.remaining() / size;
  }

  private void require(int expected) throws MalformedAnswer {
    if (type != expected) {
      throw new MalformedAnswer("a field has type %d instead of %d".formatted(type, expected));
    }
  }

  private ByteBuffer take(long length) throws MalformedAnswer {
    if (length < 0 || length > bytes.remaining()) {
      throw new MalformedAnswer("it is cut off");
    }
    ByteBuffer part = bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(bytes.position() + (int) length);
    return part;
  }

  private long varint() throws MalformedAnswer {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (!bytes.hasRemaining()) {
        throw new MalformedAnswer("it is cut off");
      }
      byte part = bytes.get();
      value |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new MalformedAnswer("a number has too many bytes");
  }
}
