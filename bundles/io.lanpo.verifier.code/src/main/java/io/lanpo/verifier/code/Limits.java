package io.lanpo.verifier.code;

/**
 * What a program may use.
 *
 * @param cpuSeconds processor time of a process, seconds; for programs that are tested, in one test
 * @param seconds time without a sign of progress, seconds; for programs that are tested, of one
 *     test
 * @param memory address space of a process, MB
 * @param processes processes and threads in the sandbox at a time, those of the judge included
 * @param output what a program may print in an exchange, KB
 */
record Limits(int cpuSeconds, int seconds, int memory, int processes, int output) {
  private static final int KILO = 1024;

  /** Times the time of a test that a program gets on a busy machine; processes.py knows it, too. */
  private static final int PATIENCE = 4;

  /** What the harness needs beyond that, seconds. */
  private static final int GRACE = 3;

  /** Address space of a process in bytes. */
  long memoryBytes() {
    return (long) memory * KILO * KILO;
  }

  /** Longest output in bytes. */
  int outputBytes() {
    return output * KILO;
  }

  /** The limits of a harness that runs so many tests under these. */
  Limits ofAll(int tests) {
    // before the tests the program is loaded and their setup runs
    return new Limits(
        cpuSeconds * (tests + 2), PATIENCE * seconds + GRACE, memory, processes, output);
  }
}
