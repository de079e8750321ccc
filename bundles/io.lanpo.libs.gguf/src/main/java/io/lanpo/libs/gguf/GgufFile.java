package io.lanpo.libs.gguf;

import io.lanpo.api.component.UserException;
import io.lanpo.libs.gguf.HeaderBytes.Malformed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A GGUF file: metadata, the places of the tensors, the tensors, all little-endian. The front is
 * read and checked at once, the tensors are read when they are asked for.
 */
public final class GgufFile implements AutoCloseable {
  private static final String ENDING = ".gguf";
  private static final String CONFIG = "config.json";
  private static final int MAGIC = 0x46554747;
  private static final String ALIGNMENT = "general.alignment";
  private static final String PARTS = "split.count";
  private static final int MOST_DIMENSIONS = 4;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private final Map<String, GgufTensor> tensors = new LinkedHashMap<>();

  private GgufFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * The file that a model is read from, if it is one of these.
   *
   * @param model a file that ends with {@code .gguf}, or a folder that has just one, and no {@code
   *     config.json}
   */
  public static Optional<Path> in(Path model) {
    if (!Files.isDirectory(model)) {
      return Optional.of(model)
          .filter(m -> m.toString().endsWith(ENDING) && Files.isRegularFile(m));
    }
    if (Files.exists(model.resolve(CONFIG))) {
      return Optional.empty();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(model, "*" + ENDING)) {
      files.forEach(found::add);
    } catch (IOException | DirectoryIteratorException | UncheckedIOException e) {
      return Optional.empty(); // then whoever reads the folder says so
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /**
   * Opens a file.
   *
   * @throws UserException when it cannot be read, is damaged or of a kind that is not read
   */
  public static GgufFile open(Path file) {
    GgufFile opened = null;
    try {
      opened = new GgufFile(file, FileChannel.open(file, StandardOpenOption.READ));
      opened.readFront();
      return opened;
    } catch (Malformed e) {
      close(opened);
      throw new UserException(
          "%s is damaged: %s".formatted(file, e.how()), "Take another copy of the file.", e);
    } catch (IOException e) {
      close(opened);
      throw new UserException("cannot read " + file + ": " + e.getMessage(), "", e);
    } catch (RuntimeException e) {
      close(opened);
      throw e;
    }
  }

  private void readFront() throws IOException, Malformed {
    long size = channel.size();
    HeaderBytes front = new HeaderBytes(channel, size);
    if (front.word() != MAGIC) {
      throw new Malformed("it does not begin with GGUF");
    }
    long version = front.unsigned();
    if (version != 2 && version != 3) {
      boolean turned = Integer.reverseBytes((int) version) < 10;
      throw new UserException(
          "%s: version %s is not supported; 2 and 3 are"
              .formatted(file, turned ? "of a big-endian machine" : Long.toString(version)),
          "Convert the model again with a current llama.cpp.");
    }
    int places = front.count(24, "tensors");
    int notes = front.count(13, "notes");
    for (int i = 0; i < notes; i++) {
      String key = front.text("a key");
      if (metadata.put(key, front.value(key)) != null) {
        throw new Malformed("it has the key %s twice", key);
      }
    }
    if (metadata().whole(PARTS, 1) > 1) {
      throw new UserException(
          "%s: %s = %d: the model is in several files"
              .formatted(file, PARTS, metadata().whole(PARTS)),
          "Join them with llama.cpp: llama-gguf-split --merge FIRST-FILE NEW.gguf.");
    }
    long alignment = metadata().whole(ALIGNMENT, 32);
    if (alignment < 1 || alignment > 1 << 20 || Long.bitCount(alignment) != 1) {
      throw new Malformed("%s is %d and must be a power of two", ALIGNMENT, alignment);
    }
    for (int i = 0; i < places; i++) {
      GgufTensor tensor = place(front, size);
      if (tensors.put(tensor.name(), tensor) != null) {
        throw new Malformed("it has the tensor %s twice", tensor.name());
      }
    }
    long start = aligned(front.place(), alignment);
    tensors.replaceAll(
        (name, t) -> new GgufTensor(file, channel, name, t.type(), t.shape(), start + t.begin()));
    checkPlaces(front.place(), alignment, size);
  }

  /** A tensor; its begin is counted from the first one's. */
  private GgufTensor place(HeaderBytes front, long size) throws IOException, Malformed {
    String name = front.text("the name of a tensor");
    long dimensions = front.unsigned();
    if (dimensions < 1 || dimensions > MOST_DIMENSIONS) {
      throw new Malformed("tensor %s has %d dimensions", name, dimensions);
    }
    long[] shape = new long[(int) dimensions];
    BigInteger count = BigInteger.ONE;
    for (int i = 0; i < shape.length; i++) {
      // the fastest comes first in the file
      long length = front.wide();
      if (length < 1) {
        throw new Malformed("tensor %s has a dimension of %s", name, Long.toUnsignedString(length));
      }
      shape[shape.length - 1 - i] = length;
      count = count.multiply(BigInteger.valueOf(length));
    }
    long code = front.unsigned();
    TensorType type =
        TensorType.of(code)
            .orElseThrow(
                () ->
                    new UserException(
                        "%s: tensor %s has type %s; %s are read"
                            .formatted(file, name, TensorType.name(code), names()),
                        "Take a file that is quantised otherwise, such as Q8_0 or Q4_K_M."));
    if (shape[shape.length - 1] % type.block() != 0) {
      throw new Malformed(
          "tensor %s of type %s and shape %s does not divide into blocks of %d",
          name, type, Arrays.toString(shape), type.block());
    }
    BigInteger bytes =
        count.divide(BigInteger.valueOf(type.block())).multiply(BigInteger.valueOf(type.bytes()));
    long offset = front.wide();
    if (offset < 0
        || bytes.add(BigInteger.valueOf(offset)).compareTo(BigInteger.valueOf(size)) > 0) {
      throw new Malformed(
          "tensor %s of type %s and shape %s is said to be at byte %s of the tensors of a file of %d bytes",
          name, type, Arrays.toString(shape), Long.toUnsignedString(offset), size);
    }
    return new GgufTensor(file, channel, name, type, shape, offset);
  }

  private static String names() {
    return String.join(", ", Arrays.stream(TensorType.values()).map(Enum::name).toList());
  }

  /** The tensors follow one another with nothing between them but what aligns them. */
  private void checkPlaces(long front, long alignment, long size) throws Malformed {
    List<GgufTensor> inOrder =
        tensors.values().stream().sorted(Comparator.comparingLong(GgufTensor::begin)).toList();
    long free = front;
    for (GgufTensor tensor : inOrder) {
      if (tensor.begin() < free) {
        throw new Malformed("tensor %s overlaps another one", tensor.name());
      }
      if (tensor.begin() != aligned(free, alignment)) {
        throw new Malformed(
            "the %d bytes before tensor %s belong to none", tensor.begin() - free, tensor.name());
      }
      if (tensor.end() > size) {
        throw new Malformed(
            "tensor %s ends at byte %d of a file of %d bytes", tensor.name(), tensor.end(), size);
      }
      free = tensor.end();
    }
    if (aligned(free, alignment) < size) {
      throw new Malformed("the last %d bytes belong to no tensor", size - free);
    }
  }

  private static long aligned(long place, long alignment) {
    return (place + alignment - 1) / alignment * alignment;
  }

  public Path file() {
    return file;
  }

  public Metadata metadata() {
    return new Metadata(file, Collections.unmodifiableMap(metadata));
  }

  /** The tensors by their names, in the order of the file. */
  public Map<String, GgufTensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(@Nullable GgufFile opened) {
    if (opened != null) {
      opened.close();
    }
  }
}
