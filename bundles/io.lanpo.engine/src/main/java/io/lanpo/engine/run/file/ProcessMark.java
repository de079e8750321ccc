package io.lanpo.engine.run.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process as it is noted in what belongs to it. A number alone does not name it: the system gives
 * it away again.
 *
 * @param pid its number
 * @param start its start in milliseconds since 1970; 0 when unknown
 */
public record ProcessMark(long pid, long start) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  public static ProcessMark of(ProcessHandle process) {
    return new ProcessMark(
        process.pid(), process.info().startInstant().map(i -> i.toEpochMilli()).orElse(0L));
  }

  /** What a mark says; empty when it is none. */
  public static Optional<ProcessMark> parse(String text) {
    Matcher numbers = TEXT.matcher(text.strip());
    return numbers.matches()
        ? Optional.of(
            new ProcessMark(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2))))
        : Optional.empty();
  }

  /** Whether the process lives. */
  public boolean alive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(p -> of(p).start)
        .map(now -> start == 0 || now == 0 || now == start)
        .orElse(false);
  }

  @Override
  public String toString() {
    return pid + "-" + start;
  }
}
