package io.lanpo.shell.command.check;

import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.ProfiledVerifier;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.KeyFields;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.shell.command.BaseCommand;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.view.VerdictView;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code verify --verifier NAME}. */
@Command(
    description = "Judge a response, or a file of them, and say why.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanpo verify --verifier math --gold '\\frac{1}{2}' --response 'so it is \\boxed{0.5}'",
      "  lanpo verify --verifier math --profile strict --cases answers.jsonl > verdicts.jsonl",
      "  lanpo verify --verifier code --cases problems.jsonl --prediction-field solution \\",
      "    --key-fields 'tests=test_list | setup=test_setup_code'",
      "",
      "A file of cases has one JSON object a line: id, gold, prediction; for the verifier code"
          + " tests,",
      "entry_point, setup beside it or in place of gold. A gold that is a list lists alternatives,"
          + " each",
      "of which is right for the verifiers math and exact. Verdicts go to standard output in the"
          + " same",
      "order, one line of JSON each; a summary goes to standard error."
    })
public final class VerifyCommand extends BaseCommand {
  @Completes(Values.VERIFIER)
  @Option(
      names = "--verifier",
      required = true,
      paramLabel = "NAME",
      description = "Name of a verifier, e.g. math.")
  private String name = "";

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Conventions of the verifier, e.g. strict; by default as it is configured.")
  private @Nullable String profile;

  @Option(names = "--gold", paramLabel = "TEXT", description = "The answer key.")
  private @Nullable String gold;

  @Option(names = "--response", paramLabel = "TEXT", description = "The response to judge.")
  private @Nullable String response;

  @Completes(Values.FILE)
  @Option(names = "--cases", paramLabel = "FILE", description = "A JSONL file of cases.")
  private @Nullable Path cases;

  @Option(
      names = "--gold-field",
      paramLabel = "MEMBER",
      description = "Member of a case that is the answer key; gold by default.")
  private String goldField = "gold";

  @Option(
      names = "--key-fields",
      paramLabel = "MEMBERS",
      description =
          "Members of a case that make up an answer key with parts, as task.key-fields of a run.")
  private @Nullable String keyFields;

  @Option(
      names = "--prediction-field",
      paramLabel = "MEMBER",
      description = "Member of a case that is the response; prediction by default.")
  private String predictionField = "prediction";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads for a file of cases; one a processor by default.")
  private int threads = Runtime.getRuntime().availableProcessors();

  public VerifyCommand(CommandContext context) {
    super(context);
  }

  @Override
  public Integer call() throws InterruptedException {
    String key = gold;
    String answer = response;
    Path file = cases;
    boolean one = key != null && answer != null;
    if (one == (file != null) || !one && (key != null || answer != null)) {
      throw common.wrongUsage("give either --gold and --response, or --cases");
    }
    if (threads < 1 || threads > 256) {
      throw common.wrongUsage(
          "--threads = %d is not allowed; give a whole number from 1 to 256".formatted(threads));
    }
    CaseFile.Fields fields = fields();
    try (ServiceHandle<Verifier> held =
        context.services().named(Verifier.class, name, "--verifier")) {
      Verifier verifier = profiled(held.get());
      if (file != null) {
        new CaseFile(file, fields, threads).judge(verifier, console());
      } else if (key != null && answer != null) {
        print(verifier.verify(problem(key), new Response(answer, true)));
      }
      return ExitCode.OK;
    }
  }

  private CaseFile.Fields fields() {
    String members = keyFields;
    Optional<KeyFields> parts = Optional.empty();
    if (members != null) {
      parts = KeyFields.parse(members);
      if (parts.isEmpty()) {
        throw common.wrongUsage(
            "--key-fields '%s' cannot be read; give names with | between them, such as tests | setup |"
                    .formatted(members)
                + " solution=code");
      }
    }
    return new CaseFile.Fields(goldField, parts, predictionField);
  }

  private static Problem problem(String key) {
    return new Problem(new Question("command line", ""), new AnswerKey(key), Map.of());
  }

  private Verifier profiled(Verifier verifier) {
    String chosen = profile;
    if (chosen == null) {
      return verifier;
    }
    if (!(verifier instanceof ProfiledVerifier profiles)) {
      throw new UserException(
          "the verifier %s has no profiles, so --profile %s has no meaning".formatted(name, chosen),
          "Leave --profile out.");
    }
    if (!profiles.profiles().contains(chosen)) {
      throw new UserException(
          "the verifier %s has no profile %s".formatted(name, chosen),
          Names.suggestion(chosen, profiles.profiles()));
    }
    return profiles.withProfile(chosen);
  }

  private void print(Verdict verdict) {
    if (common.json) {
      printJson(VerdictView.document(verdict));
      return;
    }
    String reward = verdict instanceof Verdict.Scored scored ? " " + scored.reward() : "";
    console().out().printf("%s%s%n%s%n", VerdictView.word(verdict), reward, verdict.explanation());
  }
}
