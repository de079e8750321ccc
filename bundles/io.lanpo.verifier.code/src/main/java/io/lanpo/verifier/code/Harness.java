package io.lanpo.verifier.code;

import io.lanpo.verifier.code.CodeKey.Call;
import io.lanpo.verifier.code.CodeKey.Exchange;
import io.lanpo.verifier.code.CodeKey.Test;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Runs a program against tests within a sandbox; the other half is {@code harness.py}, which says
 * how program and tests are kept apart.
 *
 * <p>Only lines behind a secret word count. The word travels with the tests, after the program has
 * been put into a process of its own that has neither the tests' pipe nor the way out.
 */
final class Harness {
  private static final int WORD_BYTES = 16;
  private static final int LONGEST_LINE = 400;

  /** Exit codes above this are this plus the number of a signal. */
  private static final int SIGNALLED = 128;

  private final Sandbox sandbox;
  private final String interpreter;
  private final String source;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param sandbox where everything runs
   * @param interpreter Python, for the harness
   */
  Harness(Sandbox sandbox, String interpreter) {
    this.sandbox = sandbox;
    this.interpreter = interpreter;
    this.source = source();
  }

  /**
   * What became of the tests.
   *
   * @param failures a reason for every test, empty for one that passed
   */
  record Report(List<Optional<String>> failures) {
    Report {
      failures = List.copyOf(failures);
    }

    long passed() {
      return failures.stream().filter(Optional::isEmpty).count();
    }
  }

  /** The check itself failed; it says nothing about the program. */
  static final class HarnessException extends Exception {
    private static final long serialVersionUID = 1L;

    HarnessException(String message) {
      super(message);
    }
  }

  /**
   * Runs a program.
   *
   * @param program the program
   * @param key its tests
   * @param language its language
   * @param limits what it may use
   * @throws HarnessException when the tests are faulty or the sandbox does not start
   * @throws IOException when the sandbox cannot be started
   * @throws InterruptedException when the thread is interrupted
   */
  Report run(String program, CodeKey key, Language language, Limits limits)
      throws HarnessException, IOException, InterruptedException {
    byte[] bytes = new byte[WORD_BYTES];
    random.nextBytes(bytes);
    String word = HexFormat.of().formatHex(bytes);
    Sandbox.Ended ended =
        sandbox.run(
            List.of(interpreter, "-s", "-S", "-B", "-c", source),
            messages(program, key, language, limits, word),
            limits,
            LONGEST_LINE * (key.tests().size() + 2));
    return report(ended, key.tests().size(), word, limits);
  }

  private static byte[] messages(
      String program, CodeKey key, Language language, Limits limits, String word) {
    List<String> texts = new ArrayList<>();
    texts.add(key.exchanges() ? "exchanges" : "calls");
    texts.add(key.preamble());
    texts.add(program);
    texts.add(String.join("\n", language.command()));
    texts.add(Integer.toString(limits.outputBytes()));
    texts.add(word);
    texts.add(key.entryPoint());
    texts.add(key.setup());
    texts.add(Integer.toString(key.tests().size() * (key.exchanges() ? 2 : 1)));
    for (Test test : key.tests()) {
      if (test instanceof Exchange exchange) {
        texts.add(exchange.input());
        texts.add(exchange.output());
      } else if (test instanceof Call call) {
        texts.add(call.code());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
      out.writeBytes(utf8);
    }
    return out.toByteArray();
  }

  private static Report report(Sandbox.Ended ended, int count, String word, Limits limits)
      throws HarnessException {
    List<Optional<String>> failures = new ArrayList<>();
    boolean done = false;
    StringBuilder complaints = new StringBuilder();
    for (String line : ended.output().split("\n")) {
      if (!line.startsWith(word + " ")) {
        complaints.append(line).append(' ');
        continue;
      }
      String[] parts = line.substring(word.length() + 1).split(" ", 3);
      switch (parts[0]) {
        case "FAULT" -> throw new HarnessException("the tests are faulty: " + rest(parts, 1));
        case "LOAD" -> {
          return all(count, "the program does not run: " + rest(parts, 1));
        }
        case "PASS" -> failures.add(Optional.empty());
        case "FAIL" -> failures.add(Optional.of(rest(parts, 2)));
        default -> done = true;
      }
    }
    if (done && failures.size() == count) {
      return new Report(failures);
    }
    String why = interruption(ended, complaints.toString().strip(), limits);
    while (failures.size() < count) {
      failures.add(Optional.of(why));
    }
    return new Report(failures);
  }

  /** Why the judge did not come to its end. */
  private static String interruption(Sandbox.Ended ended, String complaints, Limits limits)
      throws HarnessException {
    if (ended.outOfTime()) {
      return "not finished within %d s".formatted(limits.seconds());
    }
    if (ended.exit() > SIGNALLED && complaints.isEmpty()) {
      // only the program can have done this: nothing else sees the process
      return "the judge was ended from within the sandbox, by signal " + (ended.exit() - SIGNALLED);
    }
    throw new HarnessException(
        "the sandbox ended with exit code %d: %s"
            .formatted(ended.exit(), complaints.isEmpty() ? "(no message)" : complaints));
  }

  private static Report all(int count, String why) {
    List<Optional<String>> failures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      failures.add(Optional.of(why));
    }
    return new Report(failures);
  }

  private static String rest(String[] parts, int from) {
    return String.join(" ", List.of(parts).subList(Math.min(from, parts.length), parts.length));
  }

  private static String source() {
    try (InputStream in = Harness.class.getResourceAsStream("harness.py")) {
      if (in == null) {
        throw new IllegalStateException("harness.py is missing from the bundle");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("harness.py cannot be read from the bundle", e);
    }
  }
}
