package io.lanpo.relative.curation;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.feedback.LessonSelector;
import java.util.List;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * A memory that is looked after, as ReasoningBank (arXiv 2509.25140) and the playbooks of ACE
 * (arXiv 2510.04618) are. Lessons that say the same are one; each counts how it helped and harmed
 * the completions that saw it; what does more harm than good is retired; what is not known yet gets
 * a bounded share of the places. Principles and pitfalls, lessons of success and of failure, may
 * both be shown.
 *
 * <p>Nothing is kept from one choice to the next: a lesson is unproven, proven or retired by the
 * sums that the pool has of it. Its lessons stay in the pool, so that a retired one comes back when
 * the settings change.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("curated")
public final class CuratedLessons implements LessonSelector {
  private static final Setting<Integer> MOST =
      Setting.integer("most", 1, 1, 64, "lessons", "most lessons in a prompt");

  private static final Setting<Double> SAME =
      Setting.decimal(
          "same",
          0.8,
          0.1,
          1,
          "share",
          "common pairs of words from which two lessons say the same; 1: in the same words only");

  private static final Setting<Double> TRIAL =
      Setting.decimal(
          "trial",
          3,
          0.1,
          1e6,
          "rewards",
          "rewards above and below the means of their groups, of completions that saw a lesson,"
              + " until it is judged by them");

  private static final Setting<Double> MIN_USEFULNESS =
      Setting.decimal(
          "min-usefulness",
          0.5,
          0,
          1,
          "chance",
          "a lesson below this usefulness after its trial is retired; 0.5: completions that saw it"
              + " did as well as their groups");

  private static final Setting<Double> RELEVANCE_WEIGHT =
      Setting.decimal(
          "relevance-weight",
          0.5,
          0,
          1,
          "share",
          "weight of the relevance among proven lessons; the usefulness has the rest");

  private static final Setting<Double> EXPLORE =
      Setting.decimal(
          "explore",
          0.1,
          0,
          1,
          "share",
          "places for lessons that have not been judged yet, where proven ones would fill all;"
              + " of one place, by that chance");

  private static final Setting<Double> PITFALLS =
      Setting.decimal(
          "pitfalls",
          0.5,
          0,
          1,
          "chance",
          "that a lesson which has not been judged yet is a pitfall where there are both kinds");

  /** For the service registry. */
  @Activate
  public CuratedLessons() {}

  @Override
  public List<Setting<?>> settings() {
    return List.of(MOST, SAME, TRIAL, MIN_USEFULNESS, RELEVANCE_WEIGHT, EXPLORE, PITFALLS);
  }

  @Override
  public Selection open(Settings settings) {
    double trial = settings.get(TRIAL);
    double least = settings.get(MIN_USEFULNESS);
    double best = (1 + trial) / (2 + trial);
    if (least > best) {
      throw new UserException(
          "%s = %s retires every lesson at the end of its trial: %s = %s makes one that only helped %s"
              .formatted(
                  settings.key(MIN_USEFULNESS),
                  least,
                  settings.key(TRIAL),
                  trial,
                  String.format(Locale.ROOT, "%.3f", best)),
          "Lower the first or raise the second.");
    }
    return new Curation(
        settings.get(MOST),
        settings.get(SAME),
        trial,
        least,
        settings.get(RELEVANCE_WEIGHT),
        settings.get(EXPLORE),
        settings.get(PITFALLS));
  }
}
