package io.lanpo.pool.chronicle.file;

import java.io.IOException;

/** Where entries can be read. */
public interface EntrySource extends AutoCloseable {
  /** The numbers of the entries, ascending. */
  long[] numbers();

  /**
   * The packed value of a number.
   *
   * @throws IOException when it is not there
   */
  byte[] packed(long number) throws IOException;

  @Override
  void close() throws IOException;
}
