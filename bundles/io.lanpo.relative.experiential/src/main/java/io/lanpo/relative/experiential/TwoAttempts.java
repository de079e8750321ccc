package io.lanpo.relative.experiential;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.feedback.FeedbackMode;
import io.lanpo.api.feedback.FeedbackPlanner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * In every group first attempts, then as many reviews with a second attempt in them (ERL, arXiv
 * 2602.13949); with an odd number, one first attempt more. Reviews for which nothing failed fall
 * back to plain questions. Some of the first attempts may read a lesson of the pool, which stands
 * for the memory of that method.
 */
@Component(scope = ServiceScope.PROTOTYPE)
@LanpoName("experiential")
public final class TwoAttempts implements FeedbackPlanner {
  private static final Setting<Double> MEMORY =
      Setting.decimal(
          "memory",
          0,
          0,
          1,
          "share",
          "share of the first attempts that read lessons of the pool; one at least stays plain, as"
              + " only plain attempts are reviewed");

  /** For the service registry. */
  @Activate
  public TwoAttempts() {}

  @Override
  public List<Setting<?>> settings() {
    return List.of(MEMORY);
  }

  @Override
  public Plan open(Settings settings) {
    double memory = settings.get(MEMORY);
    return (step, problems, groupSize, seed) ->
        Collections.nCopies(problems, group(groupSize, memory));
  }

  private static List<FeedbackMode> group(int size, double memory) {
    int second = size / 2;
    int first = size - second;
    int remembering = (int) Math.min(first - 1, Math.round(memory * first));
    List<FeedbackMode> modes = new ArrayList<>(size);
    modes.addAll(Collections.nCopies(first - remembering, FeedbackMode.SCRATCH));
    modes.addAll(Collections.nCopies(remembering, FeedbackMode.ABSTRACT));
    modes.addAll(Collections.nCopies(second, FeedbackMode.REFLECT));
    return List.copyOf(modes);
  }
}
