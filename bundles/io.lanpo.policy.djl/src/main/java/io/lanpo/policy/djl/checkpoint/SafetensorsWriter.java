package io.lanpo.policy.djl.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.lanpo.policy.djl.checkpoint.StoredTensor.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes safetensors files of floats and bf16; see {@link SafetensorsReader} for the format. */
public final class SafetensorsWriter {
  /** The header is padded with spaces to this many bytes, so that the tensors are aligned. */
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * A tensor to be written.
   *
   * @param type F32, or BF16 where it holds all values without rounding
   * @param values hands its values on, a piece at a time, so that few are in memory
   */
  record Entry(String name, Type type, long[] shape, Consumer<Consumer<float[]>> values) {
    Entry(String name, long[] shape, Consumer<Consumer<float[]>> values) {
      this(name, Type.F32, shape, values);
    }

    long bytes() {
      long count = type.bytes();
      for (long size : shape) {
        count *= size;
      }
      return count;
    }
  }

  /**
   * Writes a file and makes sure that it has reached the disk.
   *
   * @param metadata what the header says of the file
   */
  public static void write(Path file, Map<String, String> metadata, List<Entry> entries)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(channel, header(metadata, entries));
      for (Entry entry : entries) {
        entry.values().accept(piece -> write(channel, bytes(piece, entry.type())));
      }
      channel.force(true);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Writes the weights of a folder: one file, or shards and their index where one would be larger
   * than allowed.
   *
   * @param most bytes of a file; a tensor that is larger gets a file of its own
   */
  static void writeWeights(Path folder, long most, List<Entry> entries) throws IOException {
    Map<String, String> metadata = Map.of("format", "pt");
    List<List<Entry>> shards = new ArrayList<>();
    long room = 0;
    for (Entry entry : entries) {
      if (shards.isEmpty() || entry.bytes() > room) {
        shards.add(new ArrayList<>());
        room = most;
      }
      shards.get(shards.size() - 1).add(entry);
      room -= entry.bytes();
    }
    if (shards.size() == 1) {
      write(folder.resolve(WeightFiles.SINGLE), metadata, entries);
      return;
    }
    JsonObject map = new JsonObject();
    for (int i = 0; i < shards.size(); i++) {
      String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
      write(folder.resolve(name), metadata, shards.get(i));
      shards.get(i).forEach(entry -> map.addProperty(entry.name(), name));
    }
    JsonObject size = new JsonObject();
    size.addProperty("total_size", entries.stream().mapToLong(Entry::bytes).sum());
    JsonObject index = new JsonObject();
    index.add("metadata", size);
    index.add(WeightFiles.MAP, map);
    Files.writeString(folder.resolve(WeightFiles.INDEX), index + "\n");
  }

  private static ByteBuffer header(Map<String, String> metadata, List<Entry> entries) {
    JsonObject block = new JsonObject();
    metadata.forEach(block::addProperty);
    JsonObject header = new JsonObject();
    header.add("__metadata__", block);
    long offset = 0;
    for (Entry entry : entries) {
      JsonObject described = new JsonObject();
      described.addProperty("dtype", entry.type().name());
      described.add("shape", array(entry.shape()));
      described.add("data_offsets", array(offset, offset += entry.bytes()));
      header.add(entry.name(), described);
    }
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes = littleEndian(Long.BYTES + padded).putLong(padded).put(text);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.flip();
  }

  private static ByteBuffer bytes(float[] values, Type type) {
    ByteBuffer bytes = littleEndian(type.bytes() * values.length);
    if (type == Type.F32) {
      bytes.asFloatBuffer().put(values);
      return bytes;
    }
    for (float value : values) {
      bytes.putShort((short) (Float.floatToRawIntBits(value) >>> Short.SIZE));
    }
    return bytes.flip();
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

  private static void write(FileChannel channel, ByteBuffer buffer) {
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
