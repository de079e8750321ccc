package io.lanpo.policy.tinker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes protobuf's wire format: as much of it as two messages need, without a bundle of two
 * megabytes and a code generator. Numbers inside byte fields are little-endian.
 */
final class ProtoWriter {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH = 2;

  private byte[] bytes = new byte[256];
  private int size;

  ProtoWriter number(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  ProtoWriter decimal(int field, double value) {
    tag(field, FIXED_64);
    buffer(Double.BYTES).putDouble(value);
    return this;
  }

  ProtoWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  ProtoWriter message(int field, ProtoWriter message) {
    length(field, message.size);
    room(message.size);
    System.arraycopy(message.bytes, 0, bytes, size, message.size);
    size += message.size;
    return this;
  }

  ProtoWriter bytes(int field, byte[] value) {
    length(field, value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** Zeros, then values, four bytes each. */
  ProtoWriter floats(int field, int zeros, float[] values) {
    int count = (zeros + values.length) * Float.BYTES;
    length(field, count);
    ByteBuffer target = buffer(count);
    target.position(target.position() + zeros * Float.BYTES);
    target.asFloatBuffer().put(values);
    return this;
  }

  /** Four bytes each. */
  ProtoWriter integers(int field, int[] values) {
    length(field, values.length * Integer.BYTES);
    buffer(values.length * Integer.BYTES).asIntBuffer().put(values);
    return this;
  }

  /** Eight bytes each. */
  ProtoWriter longs(int field, int[] values) {
    length(field, values.length * Long.BYTES);
    ByteBuffer target = buffer(values.length * Long.BYTES);
    for (int value : values) {
      target.putLong(value);
    }
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void length(int field, int count) {
    tag(field, LENGTH);
    varint(count);
  }

  private void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  private void varint(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** The next bytes, zero as yet. */
  private ByteBuffer buffer(int count) {
    room(count);
    ByteBuffer next = ByteBuffer.wrap(bytes, size, count).order(ByteOrder.LITTLE_ENDIAN);
    size += count;
    return next;
  }

  private void room(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(1L << 30, 2L * bytes.length)));
    }
  }
}
