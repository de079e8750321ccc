package io.lanpo.verifier.code;

import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.verifier.code.Harness.Manner;
import io.lanpo.verifier.code.HarnessOutput.Fault;
import io.lanpo.verifier.code.HarnessOutput.Outcome;
import io.lanpo.verifier.code.HarnessOutput.Report;
import io.lanpo.verifier.code.ProgramExtractor.Extracted;
import io.lanpo.verifier.code.SandboxProbe.Trouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Rewards a program for the tests that it passes.
 *
 * <p>Programs run in a sandbox only. Where it is missing, or a probe finds a way out of it, this
 * verifier does not come up and says what to install; a sandbox that breaks later makes verdicts
 * {@link Verdict.Failed}, never a reward of 0.
 */
@Component(scope = ServiceScope.PROTOTYPE, configurationPid = "io.lanpo.verifier.code")
@LanpoName("code")
@Designate(ocd = CodeVerifier.Config.class)
public final class CodeVerifier implements Verifier {
  private static final int LONGEST_PROGRAM = 100_000;
  private static final int SHOWN_FAILURES = 3;

  /** What passing some of the tests is worth. */
  public enum Reward {
    /** The share of the tests that passed. */
    SHARE,
    /** 1 when all passed, else 0. */
    ALL
  }

  /** Options. */
  @ObjectClassDefinition(name = "LANPO code verifier")
  public @interface Config {
    /** The language. */
    @AttributeDefinition(
        description =
            "Language of the programs: python, perl, sh, javascript; all but python with tests that"
                + " give input and compare output")
    String language() default "python";

    /** What passing some of the tests is worth. */
    @AttributeDefinition(
        description = "SHARE: the share of the tests that passed; ALL: 1 when all passed, else 0")
    Reward reward() default Reward.SHARE;

    /** Whether a response without a fenced block is a program. */
    @AttributeDefinition(
        description = "Whether a response without a fenced block is taken for a program as a whole")
    boolean bare() default true;

    /** Processor time. */
    @AttributeDefinition(
        description =
            "Processor time of a program for one test, in seconds from 1 to 600; for loading it as"
                + " much again",
        min = "1",
        max = "600")
    int cpu$_$seconds() default 5;

    /** Time. */
    @AttributeDefinition(
        description =
            "Time for one test of a program that sleeps, in seconds from 1 to 3600; one that computes"
                + " gets four times as much, so that a busy machine does not change a reward",
        min = "1",
        max = "3600")
    int seconds() default 15;

    /** Memory. */
    @AttributeDefinition(
        description = "Memory of a process, in MB from 64 to 65536",
        min = "64",
        max = "65536")
    int memory() default 512;

    /** Processes. */
    @AttributeDefinition(
        description =
            "Most processes and threads in the sandbox, from 5 to 1000; four are the sandbox's own",
        min = "5",
        max = "1000")
    int processes() default 8;

    /** Output. */
    @AttributeDefinition(
        description = "What a program may print when output is compared, in KB from 1 to 65536",
        min = "1",
        max = "65536")
    int output() default 1024;

    /** Difference of numbers. */
    @AttributeDefinition(
        description =
            "Difference up to which a number is taken for one that is expected with a point or an"
                + " exponent, as a share of it, or of 1 where it is smaller, from 0 to 1; for tests"
                + " that compare output or results. 0: none",
        min = "0",
        max = "1")
    double tolerance() default 1e-6;

    /** Python. */
    @AttributeDefinition(
        description = "Python 3.8 or later, which runs the tests; a path on the host within mounts")
    String python() default "/usr/bin/python3";

    /** Another interpreter. */
    @AttributeDefinition(
        description = "Interpreter of the programs where it is not the usual one; a path")
    String interpreter() default "";

    /** Further folders. */
    @AttributeDefinition(description = "Folders beside /usr that programs can read, separated by :")
    String mounts() default "";
  }

  private final Language language;
  private final Reward reward;
  private final Manner manner;
  private final ProgramExtractor extractor;
  private final Sandbox sandbox;
  private final Harness harness;

  /**
   * Reads the options and tries the sandbox.
   *
   * @throws UserException naming file, key, value and what would be right, or what is missing and
   *     how to get it
   */
  @Activate
  public CodeVerifier(Config config, Map<String, Object> properties) {
    this(config, properties, Tools.ofHost());
  }

  CodeVerifier(Config config, Map<String, Object> properties, Tools tools) {
    ComponentOptions options = new ComponentOptions(properties);
    Language named =
        options
            .read(
                "language",
                () -> Language.of(config.language()),
                Optional::isPresent,
                String.join(" or ", Language.names()))
            .orElseThrow();
    language = config.interpreter().isEmpty() ? named : named.with(config.interpreter());
    reward = config.reward();
    Limits limits =
        new Limits(
            config.cpu$_$seconds(),
            config.seconds(),
            config.memory(),
            config.processes(),
            config.output());
    manner = new Manner(limits, config.tolerance(), reward == Reward.ALL);
    extractor = new ProgramExtractor(language, config.bare());
    sandbox = sandbox(tools, config);
    harness = new Harness(sandbox, config.python());
    Optional<Trouble> trouble = probe(tools, config.python());
    if (trouble.isPresent()) {
      sandbox.close();
      throw unavailable(trouble.get());
    }
  }

  private static Sandbox sandbox(Tools tools, Config config) {
    byte[] filter =
        SyscallFilter.of(System.getProperty("os.arch", ""))
            .orElseThrow(
                () ->
                    unavailable(
                        new Trouble(
                            "there is no filter of system calls for the architecture "
                                + System.getProperty("os.arch"),
                            "Run on x86-64 or 64-bit ARM.")));
    try {
      List<Path> mounts =
          Arrays.stream(config.mounts().split(":"))
              .map(String::strip)
              .filter(folder -> !folder.isEmpty())
              .map(Path::of)
              .toList();
      return new Sandbox(tools, mounts, filter);
    } catch (IOException e) {
      throw unavailable(
          new Trouble("no temporary file can be written: " + e.getMessage(), "Make room."));
    }
  }

  private Optional<Trouble> probe(Tools tools, String python) {
    try {
      return new SandboxProbe(tools, python).run(sandbox);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of(new Trouble("its probe was interrupted", "Try again."));
    }
  }

  /** In one message, since only the message of a component that does not come up is shown. */
  private static UserException unavailable(Trouble trouble) {
    return new UserException(
        "the verifier code is unavailable: %s. %s".formatted(trouble.what(), trouble.fix()), "");
  }

  /** Removes the temporary file. */
  @Deactivate
  public void close() {
    sandbox.close();
  }

  @Override
  public Verdict verify(Problem problem, Response response) {
    CodeKey key;
    try {
      key = CodeKeyReader.read(problem.key().text());
    } catch (CodeKey.Unreadable e) {
      return new Verdict.Failed(
          "the answer key of %s cannot be read: %s"
              .formatted(problem.question().id(), e.getMessage()));
    }
    if (!key.exchanges() && !language.calls()) {
      return new Verdict.Failed(
          "the tests of %s are code, and programs in %s are tested by input and output only"
              .formatted(problem.question().id(), language.name()));
    }
    if (!response.finished()) {
      return new Verdict.Scored(0, "the response is not finished: the length limit cut it");
    }
    Optional<Extracted> found = extractor.extract(response.text(), key.tested());
    if (found.isEmpty()) {
      return new Verdict.Scored(0, "no program found: no block marked " + language.fences());
    }
    Extracted program = new Extracted(key.whole(found.get().text()), found.get().how());
    if (program.text().length() > LONGEST_PROGRAM || program.text().indexOf('\0') >= 0) {
      return new Verdict.Scored(
          0, "the program is longer than %d characters or no text".formatted(LONGEST_PROGRAM));
    }
    return run(program, key);
  }

  private Verdict run(Extracted program, CodeKey key) {
    try {
      return score(program, harness.run(program.text(), key, language, manner));
    } catch (Fault | IOException e) {
      return new Verdict.Failed(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Verdict.Abstained("interrupted");
    }
  }

  private Verdict score(Extracted program, Report report) {
    int count = report.outcomes().size();
    long passed = report.passed();
    StringBuilder why =
        new StringBuilder("%d of %d tests passed (%s)".formatted(passed, count, program.how()));
    int shown = 0;
    String before = "";
    for (Outcome outcome : report.outcomes()) {
      String failure = outcome.failure().orElse("");
      if (!failure.isEmpty() && !failure.equals(before) && shown < SHOWN_FAILURES) {
        why.append("; test %d: %s".formatted(outcome.test(), failure));
        before = failure;
        shown++;
      }
    }
    double share = (double) passed / count;
    return new Verdict.Scored(
        reward == Reward.SHARE ? share : passed == count ? 1 : 0, why.toString());
  }

  /** The solution of the key in a fenced block; an empty response when the key has none. */
  @Override
  public Response goldResponse(Problem problem) {
    try {
      String solution = CodeKeyReader.read(problem.key().text()).solution();
      return new Response(
          solution.isEmpty() ? "" : "````%s%n%s%n````%n".formatted(language.name(), solution),
          true);
    } catch (CodeKey.Unreadable e) {
      return new Response("", true);
    }
  }
}
