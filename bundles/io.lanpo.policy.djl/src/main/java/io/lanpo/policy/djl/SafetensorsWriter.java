package io.lanpo.policy.djl;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Writes a safetensors file of floats; see {@link SafetensorsReader} for the format. */
final class SafetensorsWriter {
  /** The header is padded with spaces to this many bytes, so that the tensors are aligned. */
  private static final int ALIGNMENT = 8;

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final JsonObject metadata = new JsonObject();

  private record Entry(long[] shape, Supplier<float[]> values) {
    long bytes() {
      long count = Float.BYTES;
      for (long size : shape) {
        count *= size;
      }
      return count;
    }
  }

  /**
   * Adds a tensor.
   *
   * @param values asked for when it is written, so that only one tensor is in memory at a time
   */
  void add(String name, Supplier<float[]> values, long... shape) {
    entries.put(name, new Entry(shape, values));
  }

  /** Adds a note to the header. */
  void note(String key, String value) {
    metadata.addProperty(key, value);
  }

  /** Writes the file and makes sure that it has reached the disk. */
  void write(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(channel, header());
      for (Entry entry : entries.values()) {
        ByteBuffer buffer = littleEndian(Math.toIntExact(entry.bytes()));
        buffer.asFloatBuffer().put(entry.values().get());
        write(channel, buffer);
      }
      channel.force(true);
    }
  }

  private ByteBuffer header() {
    JsonObject header = new JsonObject();
    header.add("__metadata__", metadata);
    long offset = 0;
    for (Map.Entry<String, Entry> named : entries.entrySet()) {
      JsonObject entry = new JsonObject();
      entry.addProperty("dtype", "F32");
      entry.add("shape", array(named.getValue().shape()));
      entry.add("data_offsets", array(offset, offset += named.getValue().bytes()));
      header.add(named.getKey(), entry);
    }
    StringBuilder text = new StringBuilder(header.toString());
    while (text.toString().getBytes(StandardCharsets.UTF_8).length % ALIGNMENT != 0) {
      text.append(' ');
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return littleEndian(Long.BYTES + bytes.length).putLong(bytes.length).put(bytes).flip();
  }

  private static JsonArray array(long... values) {
    JsonArray array = new JsonArray();
    for (long value : values) {
      array.add(value);
    }
    return array;
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
