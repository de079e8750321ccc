package io.lanpo.engine.run.policy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells checkpoint folders apart by their contents, wherever they lie. Small files count whole; of
 * weights, which may be many gigabytes, size, beginning and blocks spread over the file do:
 * training changes next to every weight.
 */
public final class ModelFingerprint {
  private static final int WHOLE = 1 << 20;
  private static final int BLOCKS = 64;
  private static final int BLOCK = 4096;

  private ModelFingerprint() {}

  /**
   * Adds a folder, or a model of one file, to a digest; what is not there adds nothing.
   *
   * @throws IOException when a file cannot be read
   */
  public static void add(Path folder, MessageDigest digest) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      digest.update(
          (file.getFileName() + " " + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
      blocks(file, digest);
    }
  }

  private static void blocks(Path file, MessageDigest digest) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      if (size <= WHOLE) {
        block(channel, 0, (int) size, digest);
        return;
      }
      block(channel, 0, WHOLE / 2, digest);
      for (int i = 1; i <= BLOCKS; i++) {
        block(channel, (size - BLOCK) / BLOCKS * i, BLOCK, digest);
      }
    }
  }

  private static void block(FileChannel channel, long from, int length, MessageDigest digest)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      continue;
    }
    digest.update(bytes.flip());
  }
}
