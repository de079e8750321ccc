package io.lanpo.libs.djl;

import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Libraries in a zip stream, unpacked once into a folder that several processes share.
 *
 * <p>The folder appears whole or not at all: entries are written to a neighbour under a file lock
 * and the neighbour is renamed. What a killed process left of a neighbour is removed by the next
 * one that holds the lock.
 *
 * @param zip opens the zip
 * @param prefix path in the zip below which the libraries are, with a final slash
 */
record NativeArchive(Source zip, String prefix) {
  private static final Logger LOG = LoggerFactory.getLogger(NativeArchive.class);

  /** Opens the zip again. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  /** Does nothing if the folder exists. On an error (a full disk) nothing stays behind. */
  void unpackTo(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder.getParent());
    Path lockFile = folder.resolveSibling(folder.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid() || Files.isDirectory(folder)) {
        return;
      }
      Path part = folder.resolveSibling(folder.getFileName() + ".part");
      FileTree.delete(part);
      try {
        LOG.info("unpacking native libraries to {}, once", folder);
        copyTo(part);
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        FileTree.delete(part);
      }
    }
  }

  private void copyTo(Path part) throws IOException {
    Files.createDirectories(part);
    int copied = 0;
    try (ZipInputStream in = new ZipInputStream(zip.open())) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String name = entry.getName();
        if (!entry.isDirectory() && name.startsWith(prefix)) {
          String file = name.substring(prefix.length());
          if (file.indexOf('/') >= 0 || file.equals("..")) {
            throw new IOException("unexpected entry " + name + " among the native libraries");
          }
          Files.copy(in, part.resolve(file));
          copied++;
        }
      }
    }
    if (copied == 0) {
      throw new IOException("no native libraries below " + prefix);
    }
  }
}
