package io.lanpo.shell.command.pool;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.shell.command.CommonOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose experiences. */
final class AttemptOptions {
  private static final Map<String, Predicate<Outcome>> VERDICTS = verdicts();

  @Option(
      names = "--from",
      paramLabel = "RUN",
      description = "Only attempts of one run; a beginning of its id is enough.")
  private @Nullable String from;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "Only attempts with this feedback: scratch, reflect or abstract.")
  private @Nullable String mode;

  @Option(
      names = "--verdict",
      paramLabel = "VERDICT",
      description =
          "Only attempts so judged: right (the verifier accepted them), wrong, abstained or failed.")
  private @Nullable String verdict;

  /** Whether every experience passes. */
  boolean none() {
    return from == null && mode == null && verdict == null;
  }

  /** The chosen ones; refuses words that are none. */
  Predicate<Experience> predicate(CommonOptions common) {
    Predicate<Outcome> judged =
        verdict == null ? o -> true : common.choose("--verdict", verdict, VERDICTS);
    FeedbackMode fed =
        mode == null
            ? null
            : common.choose("--mode", mode, CommonOptions.words(FeedbackMode.class));
    String run = from == null ? "" : from;
    return e ->
        e.run().startsWith(run) && (fed == null || e.mode() == fed) && judged.test(e.outcome());
  }

  private static Map<String, Predicate<Outcome>> verdicts() {
    Map<String, Predicate<Outcome>> verdicts = new LinkedHashMap<>();
    verdicts.put("right", Outcome::accepted);
    verdicts.put("wrong", o -> o.kind() == Outcome.Kind.SCORED && !o.accepted());
    verdicts.put("abstained", o -> o.kind() == Outcome.Kind.ABSTAINED);
    verdicts.put("failed", o -> o.kind() == Outcome.Kind.FAILED);
    return verdicts;
  }
}
