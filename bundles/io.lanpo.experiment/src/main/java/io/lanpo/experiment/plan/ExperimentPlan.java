package io.lanpo.experiment.plan;

import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.api.experiment.ExperimentLabel;
import io.lanpo.api.experiment.ExperimentRequest;
import io.lanpo.api.train.TrainingService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which runs an experiment consists of, checked.
 *
 * @param file the experiment's file
 * @param name its name, with what was set on top of the file
 * @param seeds the seeds that are asked for
 * @param variants the variants that are asked for
 * @param runs the runs, seed by seed: what can be compared is finished early
 */
public record ExperimentPlan(
    ExperimentFile file,
    String name,
    List<Long> seeds,
    List<Variant> variants,
    List<PlannedRun> runs) {

  private static final int LONGEST_NAME = 80;

  /**
   * Makes a plan.
   *
   * @param training resolves the settings, and with it checks them
   * @throws UserException naming file, variant, key and value
   */
  public static ExperimentPlan of(
      ExperimentFile file, ExperimentRequest request, TrainingService training) {
    for (String key : List.of("seed", PlannedRun.DESCRIPTION)) {
      if (request.overrides().containsKey(key)) {
        throw new UserException(
            "--set: the key %s belongs to the experiment".formatted(key),
            "Leave it out; --seeds chooses the seeds.");
      }
    }
    List<Long> seeds =
        request.seeds().isEmpty()
            ? file.seeds()
            : ExperimentFile.seeds(
                "--seeds", request.seeds().stream().map(String::valueOf).toList());
    List<Variant> variants = chosen(file, request.variants());
    String name = name(file.name(), request.overrides());
    Map<Variant, Map<String, String>> resolved = new LinkedHashMap<>();
    Map<Map<String, String>, String> byContent = new HashMap<>();
    // all are checked, also those that are not asked for now
    for (Variant variant : file.variants()) {
      Map<String, String> settings = resolve(file, variant, request, seeds.get(0), training);
      String same = byContent.putIfAbsent(settings, variant.name());
      if (same != null) {
        throw new UserException(
            "%s: the variants %s and %s are the same run"
                .formatted(file.path(), same, variant.name()),
            "Remove one of them, or set something in it that the other does not have.");
      }
      resolved.put(variant, settings);
    }
    List<PlannedRun> runs = new ArrayList<>();
    for (long seed : seeds) {
      for (Variant variant : variants) {
        Map<String, String> own =
            Map.of(
                "seed",
                Long.toString(seed),
                PlannedRun.DESCRIPTION,
                new ExperimentLabel(name, variant.name(), seed).text());
        Map<String, String> settings = new TreeMap<>(resolved.getOrDefault(variant, Map.of()));
        settings.putAll(own);
        Map<String, String> overrides = new LinkedHashMap<>(merged(variant, request));
        overrides.putAll(own);
        runs.add(new PlannedRun(variant, seed, file.base(), overrides, settings));
      }
    }
    return new ExperimentPlan(file, name, seeds, variants, List.copyOf(runs));
  }

  /** The baselines that are part of this plan. */
  public List<Variant> baselines() {
    return variants.stream().filter(v -> file.baselines().contains(v.name())).toList();
  }

  /** The variants whose curves are drawn. */
  public List<Variant> shown() {
    return variants.stream().filter(v -> file.plot().contains(v.name())).toList();
  }

  private static List<Variant> chosen(ExperimentFile file, List<String> names) {
    List<String> known = file.variants().stream().map(Variant::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UserException(
            "--variants: %s has no variant %s".formatted(file.path(), name),
            Names.suggestion(name, known));
      }
    }
    return file.variants().stream()
        .filter(v -> names.isEmpty() || names.contains(v.name()))
        .toList();
  }

  private static Map<String, String> merged(Variant variant, ExperimentRequest request) {
    Map<String, String> overrides = new LinkedHashMap<>(variant.overrides());
    overrides.putAll(new TreeMap<>(request.overrides()));
    return overrides;
  }

  private static Map<String, String> resolve(
      ExperimentFile file,
      Variant variant,
      ExperimentRequest request,
      long seed,
      TrainingService training) {
    Map<String, String> overrides = merged(variant, request);
    overrides.put("seed", Long.toString(seed));
    try {
      return training.values(file.base(), overrides);
    } catch (UserException e) {
      String message = String.valueOf(e.getMessage());
      throw new UserException(
          "%s: variant.%s: %s"
              .formatted(file.path(), variant.name(), message.replaceFirst("^--set: ", "")),
          e.nextStep(),
          e);
    }
  }

  /** Runs with other settings are runs of another experiment. */
  private static String name(String file, Map<String, String> overrides) {
    StringBuilder name = new StringBuilder(file);
    new TreeMap<>(overrides)
        .forEach((key, value) -> name.append('+').append(key).append('=').append(value));
    String whole = name.toString().replaceAll("[^A-Za-z0-9.=+-]", "_");
    return whole.length() <= LONGEST_NAME
        ? whole
        : "%s~%08x".formatted(whole.substring(0, LONGEST_NAME), name.toString().hashCode());
  }
}
