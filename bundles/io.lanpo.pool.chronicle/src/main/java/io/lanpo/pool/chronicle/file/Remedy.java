package io.lanpo.pool.chronicle.file;

/** What helps when a pool is damaged beyond repair. */
public final class Remedy {
  public static final String REBUILD =
      "Put back a copy of the pool folder, or move it away and rebuild the pool from the runs:"
          + " runtime/bin/lanpo pool rebuild runs/*/rollouts.jsonl";

  private Remedy() {}
}
