package io.lanpo.policy.tinker.protocol;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A {@link ProtobufMessage} that is written. */
public final class ProtobufBuilder {
  private final UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();

  public ProtobufBuilder number(int field, int value) {
    fields.mergeVarintField(field, value);
    return this;
  }

  ProtobufBuilder decimal(int field, double value) {
    fields.mergeField(
        field,
        UnknownFieldSet.Field.newBuilder().addFixed64(Double.doubleToLongBits(value)).build());
    return this;
  }

  public ProtobufBuilder text(int field, String value) {
    return bytes(field, ByteString.copyFromUtf8(value));
  }

  public ProtobufBuilder message(int field, ProtobufBuilder message) {
    return bytes(field, message.fields.build().toByteString());
  }

  public ProtobufBuilder bytes(int field, ByteString value) {
    fields.mergeLengthDelimitedField(field, value);
    return this;
  }

  /** Zeros, then values, four bytes each. */
  public ProtobufBuilder floats(int field, int zeros, float[] values) {
    ByteBuffer bytes = littleEndian((zeros + values.length) * Float.BYTES);
    bytes.asFloatBuffer().position(zeros).put(values);
    return bytes(field, UnsafeByteOperations.unsafeWrap(bytes));
  }

  /** Four bytes each. */
  public ProtobufBuilder integers(int field, int[] values) {
    ByteBuffer bytes = littleEndian(values.length * Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return bytes(field, UnsafeByteOperations.unsafeWrap(bytes));
  }

  /** Eight bytes each. */
  public ProtobufBuilder longs(int field, int[] values) {
    ByteBuffer bytes = littleEndian(values.length * Long.BYTES);
    for (int value : values) {
      bytes.putLong(value);
    }
    return bytes(field, UnsafeByteOperations.unsafeWrap(bytes.flip()));
  }

  public byte[] toBytes() {
    return fields.build().toByteArray();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
