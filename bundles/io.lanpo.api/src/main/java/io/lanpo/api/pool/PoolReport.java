package io.lanpo.api.pool;

import java.util.List;

/**
 * What a check of a pool found.
 *
 * @param experiences trials that can be read
 * @param lessons lessons that can be read
 * @param problems one sentence each, naming the file; empty when all is well
 */
public record PoolReport(long experiences, long lessons, List<String> problems) {
  public PoolReport {
    problems = List.copyOf(problems);
  }
}
