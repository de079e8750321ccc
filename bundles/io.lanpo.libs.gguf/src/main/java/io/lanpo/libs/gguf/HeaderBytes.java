package io.lanpo.libs.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The front of a file, read from its begin on; no count in it is believed that the file cannot
 * hold.
 */
final class HeaderBytes {
  private static final int AT_ONCE = 1 << 16;

  /** Lists within lists; the format has none that anybody writes. */
  private static final int DEEPEST = 4;

  private final FileChannel channel;
  private final long size;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(AT_ONCE).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long ahead;

  HeaderBytes(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /** What is wrong with a file, in one line. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String how;

    Malformed(String how, Object... values) {
      super(how.formatted(values));
      this.how = how.formatted(values).replaceAll("\\R", " ");
    }

    String how() {
      return how;
    }
  }

  /** The place of the next byte. */
  long place() {
    return ahead - buffer.remaining();
  }

  private long left() {
    return size - place();
  }

  private void need(int count) throws IOException, Malformed {
    if (count > left()) {
      throw new Malformed("it ends within its header, at byte %d", size);
    }
    if (buffer.remaining() < count) {
      buffer.compact();
      while (buffer.position() < count) {
        int read = channel.read(buffer, ahead);
        if (read < 0) {
          throw new Malformed("it ends within its header, at byte %d", ahead);
        }
        ahead += read;
      }
      buffer.flip();
    }
  }

  int word() throws IOException, Malformed {
    need(Integer.BYTES);
    return buffer.getInt();
  }

  /** A number without sign that is written in 32 bits. */
  long unsigned() throws IOException, Malformed {
    return word() & 0xffffffffL;
  }

  long wide() throws IOException, Malformed {
    need(Long.BYTES);
    return buffer.getLong();
  }

  /**
   * How many of something follow.
   *
   * @param least the fewest bytes that one takes
   * @param what for messages
   */
  int count(int least, String what) throws IOException, Malformed {
    long count = wide();
    if (count < 0 || count > left() / least || count > Integer.MAX_VALUE - 8) {
      throw new Malformed(
          "it claims %s %s in the %d bytes that are left",
          Long.toUnsignedString(count), what, left());
    }
    return (int) count;
  }

  String text(String what) throws IOException, Malformed {
    byte[] bytes = new byte[count(1, "bytes of " + what)];
    int at = 0;
    while (at < bytes.length) {
      int some = Math.min(bytes.length - at, AT_ONCE);
      need(some);
      buffer.get(bytes, at, some);
      at += some;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Malformed("%s at byte %d is not UTF-8", what, place() - bytes.length);
    }
  }

  /**
   * A value.
   *
   * @param key whose value it is, for messages
   */
  Object value(String key) throws IOException, Malformed {
    return value(unsigned(), key, 0);
  }

  private Object value(long type, String key, int depth) throws IOException, Malformed {
    switch ((int) Math.min(type, 99)) {
      case 0:
        need(1);
        return buffer.get() & 0xffL;
      case 1:
        need(1);
        return (long) buffer.get();
      case 2:
        need(Short.BYTES);
        return buffer.getShort() & 0xffffL;
      case 3:
        need(Short.BYTES);
        return (long) buffer.getShort();
      case 4:
        return unsigned();
      case 5:
        return (long) word();
      case 6:
        return Float.intBitsToFloat(word());
      case 7:
        need(1);
        return truth(buffer.get(), key);
      case 8:
        return text(key);
      case 9:
        return list(key, depth + 1);
      case 10, 11:
        return wide();
      case 12:
        return Double.longBitsToDouble(wide());
      default:
        throw new Malformed("%s has a value of type %d, which the format does not have", key, type);
    }
  }

  private static boolean truth(byte written, String key) throws Malformed {
    if (written != 0 && written != 1) {
      throw new Malformed("%s is %d and must be 0 or 1", key, written);
    }
    return written == 1;
  }

  private List<Object> list(String key, int depth) throws IOException, Malformed {
    if (depth > DEEPEST) {
      throw new Malformed("%s has lists within lists within lists", key);
    }
    long type = unsigned();
    int least =
        switch ((int) Math.min(type, 99)) {
          case 2, 3 -> Short.BYTES;
          case 4, 5, 6 -> Integer.BYTES;
          case 8, 10, 11, 12 -> Long.BYTES;
          case 9 -> Integer.BYTES + Long.BYTES;
          default -> 1;
        };
    int count = count(least, "values of " + key);
    List<Object> list = new ArrayList<>(Math.min(count, AT_ONCE));
    for (int i = 0; i < count; i++) {
      list.add(value(type, key, depth));
    }
    return list;
  }
}
