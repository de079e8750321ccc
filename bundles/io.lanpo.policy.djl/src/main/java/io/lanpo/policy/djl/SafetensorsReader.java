package io.lanpo.policy.djl;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a safetensors file: eight bytes with the header's length, a JSON header with type, shape
 * and place of every tensor, then the tensors, all little-endian. Types {@code F32}, {@code F16}
 * and {@code BF16} are read, as floats.
 */
final class SafetensorsReader implements AutoCloseable {
  private static final String METADATA = "__metadata__";

  /** Limit of the format's own reader; a longer header is damage. */
  private static final long LONGEST_HEADER = 100_000_000;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /** Type, shape and place of a tensor in the file. */
  private record Tensor(String type, long[] shape, long begin, long end) {}

  /**
   * @throws UserException when the file is missing or its header is damaged
   */
  SafetensorsReader(Path file) {
    this.file = file;
    FileChannel opened = null;
    try {
      opened = FileChannel.open(file, StandardOpenOption.READ);
      readHeader(opened);
    } catch (NoSuchFileException e) {
      throw new UserException(file + " is missing", "Name a folder with a whole checkpoint.", e);
    } catch (IOException e) {
      throw new UserException("cannot read " + file + ": " + e.getMessage(), "", e);
    } catch (UserException e) {
      close(opened);
      throw e;
    }
    channel = opened;
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readHeader(FileChannel from) throws IOException {
    long size = from.size();
    if (size < Long.BYTES) {
      throw damaged("it has " + size + " bytes and not even the 8 of a header's length");
    }
    long length = bytes(from, 0, Long.BYTES).getLong();
    if (length < 2 || length > LONGEST_HEADER || length > size - Long.BYTES) {
      throw damaged("its header's length is given as %d in a file of %d bytes", length, size);
    }
    long start = Long.BYTES + length;
    JsonObject header = parse(StandardCharsets.UTF_8.decode(bytes(from, Long.BYTES, length)));
    for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
      try {
        if (entry.getKey().equals(METADATA)) {
          entry.getValue().getAsJsonObject().asMap().forEach(this::note);
        } else {
          tensors.put(entry.getKey(), tensor(entry.getValue().getAsJsonObject(), start));
        }
      } catch (RuntimeException e) {
        throw damaged("its header's entry %s is %s", entry.getKey(), entry.getValue());
      }
    }
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      check(entry.getKey(), entry.getValue(), start, size);
    }
  }

  private void note(String key, JsonElement value) {
    metadata.put(key, value.getAsString());
  }

  private JsonObject parse(CharSequence text) {
    try {
      return JsonParser.parseString(text.toString()).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw damaged("its header is not a JSON object");
    }
  }

  private static Tensor tensor(JsonObject entry, long start) {
    long[] shape =
        entry.getAsJsonArray("shape").asList().stream().mapToLong(JsonElement::getAsLong).toArray();
    long begin = entry.getAsJsonArray("data_offsets").get(0).getAsLong();
    long end = entry.getAsJsonArray("data_offsets").get(1).getAsLong();
    return new Tensor(entry.get("dtype").getAsString(), shape, start + begin, start + end);
  }

  private void check(String name, Tensor tensor, long start, long size) {
    if (tensor.begin() < start || tensor.end() < tensor.begin() || tensor.end() > size) {
      throw damaged(
          "tensor %s should stand at bytes %d to %d of a file of %d bytes",
          name, tensor.begin(), tensor.end(), size);
    }
    int width = width(name, tensor.type());
    long expected = Arrays.stream(tensor.shape()).reduce(width, Math::multiplyExact);
    if (expected != tensor.end() - tensor.begin()) {
      throw damaged(
          "tensor %s of type %s and shape %s needs %d bytes and has %d",
          name,
          tensor.type(),
          Arrays.toString(tensor.shape()),
          expected,
          tensor.end() - tensor.begin());
    }
  }

  private int width(String name, String type) {
    return switch (type) {
      case "F32" -> Float.BYTES;
      case "F16", "BF16" -> Short.BYTES;
      default ->
          throw new UserException(
              "%s: tensor %s has type %s; F32, F16 and BF16 are read".formatted(file, name, type),
              "Convert the checkpoint to one of these types.");
    };
  }

  /** Names of the tensors. */
  Set<String> names() {
    return tensors.keySet();
  }

  /** A note from the header. */
  String metadata(String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw damaged("its header lacks %s in %s", key, METADATA);
    }
    return value;
  }

  /**
   * The values of a tensor, by rows.
   *
   * @param shape the shape it must have
   * @throws UserException when it is missing or has another shape
   */
  float[] read(String name, long... shape) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new UserException(
          "%s lacks the tensor %s".formatted(file, name),
          "The file does not belong to the config.json beside it.");
    }
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new UserException(
          "%s: tensor %s has shape %s where config.json asks for %s"
              .formatted(file, name, Arrays.toString(tensor.shape()), Arrays.toString(shape)),
          "The file does not belong to the config.json beside it.");
    }
    try {
      ByteBuffer bytes =
          channel.map(FileChannel.MapMode.READ_ONLY, tensor.begin(), tensor.end() - tensor.begin());
      return floats(bytes.order(ByteOrder.LITTLE_ENDIAN), tensor.type());
    } catch (IOException e) {
      throw new UserException("cannot read " + file + ": " + e.getMessage(), "", e);
    }
  }

  private static float[] floats(ByteBuffer bytes, String type) {
    if (type.equals("F32")) {
      float[] values = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(values);
      return values;
    }
    float[] values = new float[bytes.remaining() / Short.BYTES];
    for (int i = 0; i < values.length; i++) {
      short bits = bytes.getShort();
      values[i] = type.equals("BF16") ? Float.intBitsToFloat(bits << 16) : half(bits);
    }
    return values;
  }

  /** IEEE 754 binary16, of which a float holds every value. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float size;
    if (exponent == 0) {
      size = fraction * 0x1p-24f;
    } else if (exponent == 0x1f) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      size = Float.intBitsToFloat(exponent + 127 - 15 << 23 | fraction << 13);
    }
    return bits < 0 ? -size : size;
  }

  private static ByteBuffer bytes(FileChannel from, long at, long length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && from.read(buffer, at + buffer.position()) >= 0) {
      continue;
    }
    return buffer.flip();
  }

  private UserException damaged(String how, Object... values) {
    return new UserException(
        file + " is damaged: " + how.formatted(values), "Take another copy of the checkpoint.");
  }

  @Override
  public void close() {
    close(channel);
  }
}
