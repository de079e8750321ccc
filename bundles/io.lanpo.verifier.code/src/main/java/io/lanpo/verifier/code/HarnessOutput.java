package io.lanpo.verifier.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads what the harness said; {@code harness.py} lists its lines.
 *
 * @param word what stands before every line that counts
 * @param count number of tests
 * @param limits what the program could use
 */
record HarnessOutput(String word, int count, Limits limits) {
  /** Exit codes above this are this plus the number of a signal. */
  private static final int SIGNALLED = 128;

  /**
   * What became of a test.
   *
   * @param test its number, from 1
   * @param failure the reason; empty when it passed
   */
  record Outcome(int test, Optional<String> failure) {}

  /**
   * What became of the tests.
   *
   * @param outcomes of the tests that count: one that only prepares others counts when it fails
   */
  record Report(List<Outcome> outcomes) {
    Report {
      outcomes = List.copyOf(outcomes);
    }

    long passed() {
      return outcomes.stream().filter(outcome -> outcome.failure().isEmpty()).count();
    }
  }

  /** The check itself failed; it says nothing about the program. */
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    Fault(String message) {
      super(message);
    }
  }

  /**
   * What became of the tests.
   *
   * @throws Fault when the tests are faulty or the sandbox does not start; never for what a program
   *     does
   */
  Report read(Sandbox.Ended ended) throws Fault {
    List<Outcome> outcomes = new ArrayList<>();
    boolean ready = false;
    boolean done = false;
    int told = 0;
    StringBuilder complaints = new StringBuilder();
    for (String line : ended.output().split("\n")) {
      if (!line.startsWith(word + " ")) {
        complaints.append(line).append(' ');
        continue;
      }
      String[] parts = line.substring(word.length() + 1).split(" ", 3);
      switch (parts[0]) {
        case "FAULT" -> throw new Fault("the tests are faulty: " + rest(parts, 1));
        case "READY" -> ready = true;
        case "LOAD" -> {
          return new Report(failed(0, "the program does not run: " + rest(parts, 1)));
        }
        case "PASS" -> outcomes.add(new Outcome(++told, Optional.empty()));
        case "FAIL" -> outcomes.add(new Outcome(++told, Optional.of(rest(parts, 2))));
        case "SKIP" -> told++;
        case "DONE" -> done = true;
        default -> {
          // LOADED, a sign of progress
        }
      }
    }
    if (!done) {
      outcomes.addAll(failed(told, interruption(ended, ready, complaints.toString().strip())));
    } else if (told < count) {
      outcomes.addAll(failed(told, "not run after the first that failed"));
    }
    return new Report(outcomes);
  }

  private List<Outcome> failed(int told, String why) {
    return IntStream.rangeClosed(told + 1, count)
        .mapToObj(test -> new Outcome(test, Optional.of(why)))
        .toList();
  }

  /** Why the judge did not come to its end. */
  private String interruption(Sandbox.Ended ended, boolean ready, String complaints) throws Fault {
    if (ready && ended.outOfTime()) {
      return "not finished within %d s".formatted(limits.seconds());
    }
    if (ready) {
      // only the program can have done this: nothing else sees the process
      return "the judge was ended from within the sandbox, by "
          + (ended.exit() > SIGNALLED
              ? "signal " + (ended.exit() - SIGNALLED)
              : "exit code " + ended.exit());
    }
    throw new Fault(
        "the sandbox ended with exit code %d before it let the program run: %s"
            .formatted(ended.exit(), complaints.isEmpty() ? "(no message)" : complaints));
  }

  private static String rest(String[] parts, int from) {
    return String.join(" ", List.of(parts).subList(Math.min(from, parts.length), parts.length));
  }
}
