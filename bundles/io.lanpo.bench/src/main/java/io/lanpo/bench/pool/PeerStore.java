package io.lanpo.bench.pool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Opens another product's key-value store, with the settings that the product comes with. The pool
 * is measured beside it.
 */
interface PeerStore {
  /** The name of the product, one lower-case word. */
  String name();

  /**
   * Opens the store in a folder, or makes a new one there.
   *
   * @param folder an existing folder that is empty or was written by this store
   */
  Values open(Path folder) throws IOException;

  /** An opened store. Used by one thread. */
  interface Values extends AutoCloseable {
    /**
     * Stores values by their keys. When it returns, all of them survive a crash of the process
     * (that of the machine they need not survive): what the pool promises too.
     */
    void put(Map<String, byte[]> values) throws IOException;

    /** The value of a key. */
    Optional<byte[]> get(String key) throws IOException;

    @Override
    void close() throws IOException;
  }
}
