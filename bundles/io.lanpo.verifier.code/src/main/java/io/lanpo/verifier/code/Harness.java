package io.lanpo.verifier.code;

import io.lanpo.verifier.code.CodeKey.Call;
import io.lanpo.verifier.code.CodeKey.Case;
import io.lanpo.verifier.code.CodeKey.Exchange;
import io.lanpo.verifier.code.CodeKey.Test;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Runs a program against tests within a sandbox; the other half is Python, of which {@code
 * harness.py} tells the messages and {@code wire.py} how program and tests are kept apart.
 *
 * <p>Only lines behind a secret word count. The word travels with the tests, after the program has
 * been put into a process of its own that has neither the tests' pipe nor the way out.
 */
final class Harness {
  private static final int WORD_BYTES = 16;
  private static final int LONGEST_LINE = 400;

  private static final List<String> CALLS =
      List.of("wire", "processes", "program", "remote", "judge", "pytests", "tests", "harness");
  private static final List<String> EXCHANGES =
      List.of("wire", "processes", "exchanges", "harness");

  private final Sandbox sandbox;
  private final String interpreter;
  private final String calls = PythonSource.of(CALLS);
  private final String exchanges = PythonSource.of(EXCHANGES);
  private final SecureRandom random = new SecureRandom();

  /**
   * @param sandbox where everything runs
   * @param interpreter Python, for the harness
   */
  Harness(Sandbox sandbox, String interpreter) {
    this.sandbox = sandbox;
    this.interpreter = interpreter;
  }

  /**
   * How tests are judged.
   *
   * @param limits what a program may use
   * @param tolerance difference up to which numbers with a point are equal, of 1 or of themselves
   * @param stop whether the first test that fails is the last that is run
   */
  record Manner(Limits limits, double tolerance, boolean stop) {}

  /**
   * Runs a program.
   *
   * @param program the program
   * @param key its tests
   * @param language its language
   * @param manner how they are judged
   * @throws HarnessOutput.Fault when the tests are faulty or the sandbox does not start
   * @throws IOException when the sandbox cannot be started
   * @throws InterruptedException when the thread is interrupted
   */
  HarnessOutput.Report run(String program, CodeKey key, Language language, Manner manner)
      throws HarnessOutput.Fault, IOException, InterruptedException {
    byte[] bytes = new byte[WORD_BYTES];
    random.nextBytes(bytes);
    String word = HexFormat.of().formatHex(bytes);
    int count = key.tests().size();
    Sandbox.Ended ended =
        sandbox.run(
            List.of(
                interpreter,
                "-s",
                "-S",
                "-B",
                "-c",
                "import sys;exec(sys.argv[1])",
                key.exchanges() ? exchanges : calls),
            messages(program, key, language, manner, word),
            manner.limits().ofAll(count),
            LONGEST_LINE * (count + 4));
    return new HarnessOutput(word, count, manner.limits()).read(ended);
  }

  private static byte[] messages(
      String program, CodeKey key, Language language, Manner manner, String word) {
    List<String> tests = new ArrayList<>();
    String kind = "";
    for (Test test : key.tests()) {
      if (test instanceof Exchange exchange) {
        kind = "exchanges";
        tests.addAll(List.of(exchange.input(), exchange.output()));
      } else if (test instanceof Case one) {
        kind = "cases";
        tests.addAll(List.of(one.arguments(), one.results()));
      } else if (test instanceof Call call) {
        kind = "calls";
        tests.add(call.code());
      }
    }
    Limits limits = manner.limits();
    List<String> texts = new ArrayList<>(List.of(kind, word));
    texts.add(
        "%d %d %d %s %s"
            .formatted(
                limits.cpuSeconds(),
                limits.seconds(),
                limits.outputBytes(),
                manner.tolerance(),
                manner.stop()));
    texts.addAll(
        List.of(
            String.join("\0", language.command()),
            key.preamble(),
            language.prologue() + program,
            key.entryPoint(),
            key.setup(),
            Integer.toString(tests.size())));
    texts.addAll(tests);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String text : texts) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
      out.writeBytes(utf8);
    }
    return out.toByteArray();
  }
}
