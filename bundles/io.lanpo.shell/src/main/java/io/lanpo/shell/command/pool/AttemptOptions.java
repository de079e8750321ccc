package io.lanpo.shell.command.pool;

import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import io.lanpo.shell.command.CommonOptions;
import io.lanpo.shell.command.Completes;
import io.lanpo.shell.command.Completes.Values;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose experiences. */
final class AttemptOptions {
  @Completes(Values.RUN)
  @Option(
      names = "--from",
      paramLabel = "RUN",
      description = "Only attempts of one run; a beginning of its id is enough.")
  private @Nullable String from;

  @Completes(words = FeedbackMode.class)
  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "Only attempts with this feedback: scratch, reflect or abstract.")
  private @Nullable String mode;

  @Completes(words = Judged.class)
  @Option(
      names = "--verdict",
      paramLabel = "VERDICT",
      description =
          "Only attempts so judged: right (the verifier accepted them), wrong, abstained or"
              + " failed.")
  private @Nullable String verdict;

  /** Whether every experience passes. */
  boolean none() {
    return from == null && mode == null && verdict == null;
  }

  /** The chosen ones; refuses words that are none. */
  Predicate<Experience> predicate(CommonOptions common) {
    Judged judged =
        verdict == null
            ? null
            : common.choose("--verdict", verdict, CommonOptions.words(Judged.class));
    FeedbackMode fed =
        mode == null
            ? null
            : common.choose("--mode", mode, CommonOptions.words(FeedbackMode.class));
    String run = from == null ? "" : from;
    return e ->
        e.run().startsWith(run)
            && (fed == null || e.mode() == fed)
            && (judged == null || judged.fits(e.outcome()));
  }

  private enum Judged {
    RIGHT,
    WRONG,
    ABSTAINED,
    FAILED;

    boolean fits(Outcome outcome) {
      return switch (this) {
        case RIGHT -> outcome.accepted();
        case WRONG -> outcome.kind() == Outcome.Kind.SCORED && !outcome.accepted();
        case ABSTAINED -> outcome.kind() == Outcome.Kind.ABSTAINED;
        case FAILED -> outcome.kind() == Outcome.Kind.FAILED;
      };
    }
  }
}
