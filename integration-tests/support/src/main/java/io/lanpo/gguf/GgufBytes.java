package io.lanpo.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A GGUF file in the making: notes, then tensors. */
public final class GgufBytes {
  private static final int ALIGNMENT = 32;

  private final Bytes notes = new Bytes();
  private final Bytes places = new Bytes();
  private final Bytes data = new Bytes();
  private int notesCount;
  private int tensorsCount;

  /** Bytes, little-endian. */
  private static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void word(int word) {
      out.writeBytes(room(4).putInt(word).array());
    }

    void wide(long wide) {
      out.writeBytes(room(8).putLong(wide).array());
    }

    void text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      wide(bytes.length);
      out.writeBytes(bytes);
    }

    void align() {
      out.writeBytes(new byte[(ALIGNMENT - out.size() % ALIGNMENT) % ALIGNMENT]);
    }

    private static ByteBuffer room(int bytes) {
      return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /**
   * Adds a note.
   *
   * @param value a Boolean, an Integer, a Long, a Float, a String, or a List of one of these
   */
  public GgufBytes note(String key, Object value) {
    notes.text(key);
    notes.word(type(value));
    write(value);
    notesCount++;
    return this;
  }

  private static int type(Object value) {
    if (value instanceof Boolean) {
      return 7;
    }
    if (value instanceof Integer) {
      return 4;
    }
    if (value instanceof Long) {
      return 10;
    }
    if (value instanceof Float) {
      return 6;
    }
    return value instanceof String ? 8 : 9;
  }

  private void write(Object value) {
    if (value instanceof Boolean truth) {
      notes.out.write(truth ? 1 : 0);
    } else if (value instanceof Integer number) {
      notes.word(number);
    } else if (value instanceof Long number) {
      notes.wide(number);
    } else if (value instanceof Float number) {
      notes.word(Float.floatToRawIntBits(number));
    } else if (value instanceof String text) {
      notes.text(text);
    } else if (value instanceof List<?> list) {
      notes.word(type(list.get(0)));
      notes.wide(list.size());
      list.forEach(this::write);
    } else {
      throw new IllegalArgumentException("no value of a note: " + value);
    }
  }

  /**
   * Adds a tensor.
   *
   * @param type the format's number of the type
   * @param shape rows before columns
   */
  public GgufBytes tensor(String name, int type, long[] shape, byte[] bytes) {
    data.align();
    places.text(name);
    places.word(shape.length);
    for (int i = shape.length - 1; i >= 0; i--) {
      places.wide(shape[i]);
    }
    places.word(type);
    places.wide(data.out.size());
    data.out.writeBytes(bytes);
    tensorsCount++;
    return this;
  }

  /** Adds a tensor of floats. */
  public GgufBytes floats(String name, long[] shape, float... values) {
    ByteBuffer bytes = Bytes.room(values.length * Float.BYTES);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return tensor(name, 0, shape, bytes.array());
  }

  /** The file. */
  public byte[] bytes() {
    Bytes file = new Bytes();
    file.out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    file.word(3);
    file.wide(tensorsCount);
    file.wide(notesCount);
    file.out.writeBytes(notes.out.toByteArray());
    file.out.writeBytes(places.out.toByteArray());
    file.align();
    file.out.writeBytes(data.out.toByteArray());
    return file.out.toByteArray();
  }
}
