package io.lanpo.pool.chronicle.file;

/** What helps when a pool is damaged beyond repair. */
public final class Remedy {
  public static final String REBUILD =
      "Put back a copy of the pool folder, or rebuild the pool from what its runs have logged; what is there is kept"
          + " beside: lanpo pool rebuild RUN-FOLDER… --pool POOL-FOLDER --force";

  private Remedy() {}
}
