package io.lanpo.bench.policy;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.bench.policy.Workload.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Which workloads are measured, the cheap ones first. */
final class Workloads {
  static final Setting<Boolean> STEPS =
      Setting.flag("steps", true, "Whether updates and whole steps are measured too.");

  static final Setting<String> ONLY =
      Setting.text(
          "only",
          "",
          "Measures only workloads whose names begin like this, or like one of several divided by"
              + " semicolons; empty: all of them.");

  static final Setting<Boolean> GROWTH =
      Setting.flag("growth", false, "Whether growth with batch and context is measured too.");

  /** Comes before all: the first use of anything is slow. */
  static final Workload WARM_UP = new Workload(Kind.GENERATE, 1, 2, 8, 8);

  private Workloads() {}

  static List<Setting<?>> settings() {
    return List.of(STEPS, GROWTH, ONLY);
  }

  /**
   * Those that the settings ask for.
   *
   * @param quick small ones, which even a large model does within seconds
   * @param context longest sequence of the policy in tokens; longer workloads are left out
   * @param trains whether the policy can be updated
   * @throws UserException when none is left
   */
  static List<Workload> of(Settings settings, boolean quick, int context, boolean trains) {
    List<Workload> all = new ArrayList<>(quick ? quick() : whole());
    if (settings.get(GROWTH)) {
      all.addAll(growth());
    }
    all.removeIf(w -> w.longest() > context);
    all.removeIf(w -> w.kind() != Kind.GENERATE && !(trains && settings.get(STEPS)));
    List<String> beginnings =
        Arrays.stream(settings.get(ONLY).split(";")).map(String::trim).toList();
    List<Workload> chosen =
        all.stream().filter(w -> beginnings.stream().anyMatch(w.name()::startsWith)).toList();
    if (chosen.isEmpty()) {
      throw new UserException(
          "no workload's name begins with %s = %s"
              .formatted(settings.key(ONLY), settings.get(ONLY)),
          "Take one of: "
              + all.stream().map(Workload::name).collect(Collectors.joining("; "))
              + ".");
    }
    return chosen;
  }

  private static List<Workload> quick() {
    return List.of(
        new Workload(Kind.GENERATE, 1, 1, 16, 16),
        new Workload(Kind.GENERATE, 2, 8, 32, 32),
        new Workload(Kind.UPDATE, 2, 4, 32, 32),
        new Workload(Kind.STEP, 2, 4, 32, 32));
  }

  private static List<Workload> whole() {
    return List.of(
        new Workload(Kind.GENERATE, 1, 1, 128, 128),
        new Workload(Kind.GENERATE, 2, 8, 128, 128),
        new Workload(Kind.GENERATE, 16, 1, 128, 128),
        new Workload(Kind.GENERATE, 8, 8, 128, 128),
        new Workload(Kind.GENERATE, 64, 1, 128, 128),
        new Workload(Kind.GENERATE, 64, 1, 128, 128, 64),
        new Workload(Kind.UPDATE, 8, 8, 128, 128),
        new Workload(Kind.UPDATE, 64, 1, 128, 128, 64),
        new Workload(Kind.STEP, 8, 8, 128, 128),
        new Workload(Kind.STEP, 8, 8, 512, 128));
  }

  private static List<Workload> growth() {
    List<Workload> growth = new ArrayList<>();
    for (int batch = 1; batch <= 128; batch *= 2) {
      growth.add(new Workload(Kind.GENERATE, batch, 1, 128, 64));
    }
    for (int prompt = 128; prompt <= 2048; prompt *= 2) {
      growth.add(new Workload(Kind.GENERATE, 16, 1, prompt, 32));
    }
    return growth;
  }
}
