package io.lanpo.verifier.code;

/**
 * What a program may use.
 *
 * @param cpuSeconds processor time of a process, seconds
 * @param seconds time from start to end, seconds
 * @param memory address space of a process, MB
 * @param processes processes and threads in the sandbox at a time, those of the judge included
 * @param output what a program may print in an exchange, KB
 */
record Limits(int cpuSeconds, int seconds, int memory, int processes, int output) {
  private static final int KILO = 1024;

  /** Address space of a process in bytes. */
  long memoryBytes() {
    return (long) memory * KILO * KILO;
  }

  /** Longest output in bytes. */
  int outputBytes() {
    return output * KILO;
  }
}
