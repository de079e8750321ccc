package io.lanpo.shell.command;

import io.lanpo.api.component.Setting;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.Experience.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose experiences. */
final class TrialFilter {
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
          "Only attempts so judged: right (reward above one half), wrong, abstained or failed.")
  private @Nullable String verdict;

  /** Whether every experience passes. */
  boolean none() {
    return from == null && mode == null && verdict == null;
  }

  /** The chosen ones; refuses words that are none. */
  Predicate<Experience> predicate(Common common) {
    Map<String, FeedbackMode> modes = new LinkedHashMap<>();
    for (FeedbackMode each : FeedbackMode.values()) {
      modes.put(Setting.word(each), each);
    }
    Predicate<Outcome> judged =
        verdict == null ? o -> true : known("--verdict", verdict, VERDICTS, common);
    FeedbackMode fed = mode == null ? null : known("--mode", mode, modes, common);
    String run = from == null ? "" : from;
    return e ->
        e.run().startsWith(run) && (fed == null || e.mode() == fed) && judged.test(e.outcome());
  }

  private static <T> T known(String option, String word, Map<String, T> words, Common common) {
    T found = words.get(word);
    if (found == null) {
      throw common.wrongUsage(
          "%s = %s is not allowed; it must be %s"
              .formatted(option, word, String.join(", ", words.keySet())));
    }
    return found;
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
