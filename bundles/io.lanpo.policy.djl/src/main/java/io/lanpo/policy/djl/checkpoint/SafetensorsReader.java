package io.lanpo.policy.djl.checkpoint;

import io.lanpo.api.component.UserException;
import io.lanpo.policy.djl.checkpoint.StoredTensor.Type;
import io.lanpo.policy.djl.model.OtherFormats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a safetensors file: eight bytes with the header's length, a JSON header with type, shape
 * and place of every tensor, then the tensors, all little-endian. The header is checked at once,
 * the tensors are read when they are asked for.
 */
public final class SafetensorsReader implements AutoCloseable {
  /** Limit of the format's own reader; a longer header is damage. */
  private static final long LONGEST_HEADER = 100_000_000;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /**
   * @throws UserException when the file is missing, its header is damaged, or anything in it
   *     belongs to no tensor
   */
  public SafetensorsReader(Path file) {
    this.file = file;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw OtherFormats.missing(file, e);
    } catch (IOException e) {
      throw unreadable(e);
    }
    try {
      readHeader(channel);
    } catch (IOException e) {
      close();
      throw unreadable(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private UserException unreadable(IOException e) {
    return new UserException("cannot read " + file + ": " + e.getMessage(), "", e);
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
    try {
      SafetensorsHeader header = SafetensorsHeader.parse(bytes(from, Long.BYTES, length).array());
      header
          .tensors()
          .forEach((name, entry) -> tensors.put(name, tensor(from, name, entry, start)));
      metadata.putAll(header.metadata());
    } catch (SafetensorsHeader.Malformed e) {
      throw damaged("%s", e.how());
    }
    checkPlaces(start, size);
  }

  private StoredTensor tensor(
      FileChannel from, String name, SafetensorsHeader.Entry entry, long start) {
    Type type = type(name, entry.type());
    return new StoredTensor(
        file, from, name, type, entry.shape(), start + entry.begin(), start + entry.end());
  }

  private Type type(String name, String written) {
    return Arrays.stream(Type.values())
        .filter(t -> t.name().equals(written))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "%s: tensor %s has type %s; F32, F16 and BF16 are read"
                        .formatted(file, name, written),
                    "Convert the checkpoint to one of these types."));
  }

  /** The tensors have the bytes that their shapes need, one behind the other up to the end. */
  private void checkPlaces(long start, long size) {
    List<StoredTensor> inOrder =
        tensors.values().stream()
            .sorted(
                Comparator.comparingLong(StoredTensor::begin).thenComparingLong(StoredTensor::end))
            .toList();
    long free = start;
    for (StoredTensor tensor : inOrder) {
      if (tensor.begin() < start || tensor.end() < tensor.begin() || tensor.end() > size) {
        throw damaged(
            "tensor %s is said to be at bytes %d to %d of a file of %d bytes",
            tensor.name(), tensor.begin(), tensor.end(), size);
      }
      if (tensor.begin() < free) {
        throw damaged("tensor %s overlaps another one", tensor.name());
      }
      String needed = bytesNeeded(tensor);
      String has = Long.toString(tensor.end() - tensor.begin());
      if (!needed.equals(has)) {
        throw damaged(
            "tensor %s of type %s and shape %s needs %s bytes and has %s",
            tensor.name(), tensor.type(), Arrays.toString(tensor.shape()), needed, has);
      }
      if (tensor.begin() > free) {
        throw damaged(
            "the %d bytes before tensor %s belong to none", tensor.begin() - free, tensor.name());
      }
      free = tensor.end();
    }
    if (free < size) {
      throw damaged("the last %d bytes belong to no tensor", size - free);
    }
  }

  private static String bytesNeeded(StoredTensor tensor) {
    BigInteger bytes = BigInteger.valueOf(tensor.type().bytes());
    for (long size : tensor.shape()) {
      bytes = bytes.multiply(BigInteger.valueOf(size));
    }
    return bytes.toString();
  }

  /** A note from the header. */
  String metadata(String key) {
    String value = metadata.get(key);
    if (value == null) {
      throw damaged("its header lacks %s in __metadata__", key);
    }
    return value;
  }

  /** The tensors by their names. */
  public Map<String, StoredTensor> tensors() {
    return tensors;
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
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
