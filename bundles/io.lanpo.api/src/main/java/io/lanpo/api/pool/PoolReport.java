package io.lanpo.api.pool;

import java.util.List;

/**
 * What a check of a closed pool found.
 *
 * @param experiences trials that can be read
 * @param lessons lessons that can be read
 * @param problems one sentence for each thing that is not as it should be, naming the file; empty
 *     for a sound pool
 */
public record PoolReport(long experiences, long lessons, List<String> problems) {
  public PoolReport {
    problems = List.copyOf(problems);
  }
}
