package io.lanpo.pool.chronicle.file;

import java.nio.file.Path;
import java.util.Locale;

/** What a pool keeps, each in three files. */
enum Kind {
  EXPERIENCES,
  LESSONS;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The entries as they were added and removed, which is the truth. */
  Path log(Path data) {
    return data.resolve(word() + ".log");
  }

  /** How far the log was acknowledged. */
  Path end(Path data) {
    return data.resolve(word() + ".end");
  }

  /** The entries that are there, for reading. */
  Path map(Path data) {
    return data.resolve(word() + ".map");
  }
}
