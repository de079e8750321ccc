package io.lanpo.pool.chronicle.file;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

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

  /**
   * What is left of the entries of one kind.
   *
   * @param source the entries
   * @param loss one sentence on what is lost; null when nothing is
   */
  record Rest(EntrySource source, @Nullable String loss) {}
}
