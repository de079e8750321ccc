package io.lanpo.experiment.plan;

import io.lanpo.api.component.Names;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.ConfigurationFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An experiment as its file says: {@code key = value} lines. What a value means stands in the
 * declaration of its setting.
 *
 * @param path the file
 * @param name the experiment's name
 * @param memoryBytes memory that runs may take together; 0 for three quarters of the machine's
 * @param variants the variants, in the order of the file
 */
public record ExperimentFile(
    Path path,
    String name,
    String description,
    String base,
    List<Long> seeds,
    String measure,
    List<String> baselines,
    String budget,
    List<String> plot,
    int processes,
    long memoryBytes,
    List<Variant> variants) {

  private static final String VARIANT = "variant.";
  private static final String TITLE = "title.";

  /** More curves than these cannot be distinguished in one picture. */
  private static final int DRAWN = 6;

  private static final String SEED = "[0-9]{1,18}";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");

  /** Keys that belong to the experiment. */
  private static final Set<String> OWN = Set.of("seed", "description");

  static final Setting<String> DESCRIPTION =
      Setting.text("description", "", "what the experiment is for, one line");

  static final Setting<String> BASE =
      Setting.text("base", "", "run configuration whose variants are compared");

  static final Setting<String> SEEDS =
      Setting.text("seeds", "", "seeds, with blanks between them; each variant runs with each");

  static final Setting<String> MEASURE =
      Setting.text("measure", "evaluation.zero-shot", "figure of metrics.jsonl that is compared");

  static final Setting<String> BASELINES =
      Setting.text("baselines", "", "variants with which all others are compared");

  static final Setting<String> BUDGET =
      Setting.text("budget", "", "variant whose whole run is the budget of the comparison");

  static final Setting<String> PLOT =
      Setting.text("plot", "", "variants whose curves are drawn; the first six by default");

  static final Setting<Integer> PROCESSES =
      Setting.integer("processes", 1, 1, 1024, "processes", "runs at once");

  static final Setting<Double> MEMORY =
      Setting.decimal(
          "memory",
          0,
          0,
          1e6,
          "GB",
          "memory that runs may take together; 0: three quarters of the machine's");

  static final Setting<String> SET =
      Setting.text("set", "", "overrides of every variant: key = value; key = value");

  /** What a file may say apart from its variants. */
  public static final List<Setting<?>> DECLARED =
      List.of(DESCRIPTION, BASE, SEEDS, MEASURE, BASELINES, BUDGET, PLOT, PROCESSES, MEMORY, SET);

  /**
   * Reads a file.
   *
   * @throws UserException naming file, key and value
   */
  public static ExperimentFile read(Path path, String name) {
    Map<String, String> lines = lines(path);
    Map<String, String> own = new LinkedHashMap<>();
    Map<String, String> variants = new LinkedHashMap<>();
    Map<String, String> titles = new LinkedHashMap<>();
    lines.forEach(
        (key, value) -> {
          if (key.startsWith(VARIANT)) {
            variants.put(key.substring(VARIANT.length()), value);
          } else if (key.startsWith(TITLE)) {
            titles.put(key.substring(TITLE.length()), value);
          } else {
            own.put(key, value);
          }
        });
    Settings settings = Settings.of(path.toString(), DECLARED, own);
    for (String variant : variants.keySet()) {
      if (!NAME.matcher(variant).matches()) {
        throw new UserException(
            "%s: %s%s is no name for a variant".formatted(path, VARIANT, variant),
            "Use lower-case letters, digits, dots and dashes.");
      }
    }
    for (String titled : titles.keySet()) {
      known(path, TITLE + titled, titled, variants.keySet());
    }
    if (variants.isEmpty()) {
      throw new UserException(
          "%s: there are no variants".formatted(path),
          "Add lines of the form variant.NAME = key = value; key = value.");
    }
    if (settings.get(BASE).isEmpty()) {
      throw new UserException(
          "%s: the key base is missing".formatted(path), "Name a run configuration.");
    }
    Map<String, String> common = overrides(path, SET.key(), settings.get(SET));
    List<Variant> all = new ArrayList<>();
    variants.forEach(
        (variant, text) -> {
          Map<String, String> merged = new LinkedHashMap<>(common);
          merged.putAll(overrides(path, VARIANT + variant, text));
          all.add(new Variant(variant, titles.getOrDefault(variant, variant), merged));
        });
    String first = all.get(0).name();
    List<String> baselines = words(settings.get(BASELINES));
    List<String> plot = words(settings.get(PLOT));
    baselines.forEach(baseline -> known(path, "baselines", baseline, variants.keySet()));
    plot.forEach(drawn -> known(path, "plot", drawn, variants.keySet()));
    String budget = settings.get(BUDGET).isEmpty() ? first : settings.get(BUDGET);
    known(path, "budget", budget, variants.keySet());
    return new ExperimentFile(
        path,
        name,
        settings.get(DESCRIPTION),
        settings.get(BASE),
        seeds(path, words(settings.get(SEEDS))),
        settings.get(MEASURE),
        baselines.isEmpty() ? List.of(first) : baselines,
        budget,
        plot.isEmpty() ? all.stream().limit(DRAWN).map(Variant::name).toList() : plot,
        settings.get(PROCESSES),
        (long) (settings.get(MEMORY) * 1e9),
        List.copyOf(all));
  }

  /**
   * Checks a list of seeds.
   *
   * @param origin where they were written
   */
  public static List<Long> seeds(Object origin, List<String> words) {
    if (words.isEmpty()) {
      throw new UserException(
          "%s: there are no seeds".formatted(origin), "Add a line such as seeds = 1 2 3 4 5.");
    }
    List<Long> seeds = new ArrayList<>();
    for (String word : words) {
      if (!word.matches(SEED)) {
        throw new UserException(
            "%s: seeds: %s is no seed".formatted(origin, word), "Seeds are whole numbers.");
      }
      long seed = Long.parseLong(word);
      if (seeds.contains(seed)) {
        throw new UserException(
            "%s: seeds: %d is given twice".formatted(origin, seed),
            "A seed counts once: the same seed gives the same run.");
      }
      seeds.add(seed);
    }
    return List.copyOf(seeds);
  }

  private static void known(Path path, String key, String variant, Set<String> variants) {
    if (!variants.contains(variant)) {
      throw new UserException(
          "%s: %s: there is no variant %s".formatted(path, key, variant),
          Names.suggestion(variant, variants));
    }
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.strip().split("[\\s,]+")).filter(w -> !w.isEmpty()).toList();
  }

  private static Map<String, String> overrides(Path path, String where, String text) {
    Map<String, String> overrides = new LinkedHashMap<>();
    for (String part : text.split(";", -1)) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      String key = equals < 0 ? part.strip() : part.substring(0, equals).strip();
      if (equals <= 0 || key.isEmpty()) {
        throw new UserException(
            "%s: %s: '%s' is not of the form key = value".formatted(path, where, part.strip()),
            "Write key = value, and a semicolon between two of them.");
      }
      if (OWN.contains(key)) {
        throw new UserException(
            "%s: %s: the key %s belongs to the experiment".formatted(path, where, key),
            "Remove it; the seeds of all variants stand in the line seeds.");
      }
      if (overrides.put(key, part.substring(equals + 1).strip()) != null) {
        throw new UserException(
            "%s: %s: the key %s is given twice".formatted(path, where, key), "Remove one of them.");
      }
    }
    return overrides;
  }

  private static Map<String, String> lines(Path path) {
    try {
      return ConfigurationFolder.read(path, key -> refuseRepeated(path, key));
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be read as an experiment: %s".formatted(path, e.getMessage()),
          "It must be UTF-8 text with lines of the form key = value.",
          e);
    }
  }

  private static void refuseRepeated(Path path, String key) {
    boolean variant = key.startsWith(VARIANT);
    throw new UserException(
        "%s: the %s is given twice"
            .formatted(path, variant ? "variant " + key.substring(VARIANT.length()) : "key " + key),
        "Remove one of the lines%s.".formatted(variant ? " or give it another name" : ""));
  }
}
