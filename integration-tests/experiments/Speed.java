import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures LANPO and its peers in turns and prints tables in Markdown. One process measures one
 * configuration; its document stays in a folder, so that an interrupted measurement goes on where
 * it was, and tables can be printed again. All classes are in this file, for Java runs a program from one
 * source file only.
 *
 * <p>To save time, each side does what its quicker precision decided in the first round in that
 * precision only, the other one being kept when it was at most a tenth slower.
 */
public final class Speed {
  private static final String USAGE =
      """
      usage: speed --model DIR [OPTION]...
        --rounds N        turns of everything (3)
        --minutes N       begin no measurement that would end later, as far as can be told (0: no limit)
        --only WORD       only measurements whose names contain it: generate, few, train, long, lora, growth,
                          lanpo, transformers, trl, llama
        --precisions A,B  (f32,bf16)
        --threads N       of both sides (all processors)
        --micro-batch N   of TRL (2)
        --set KEY=VALUE   a setting of 'lanpo bench policy', may be repeated (policy.update-tokens=1200)
        --results DIR     the documents (integration-tests/target/speed/NAME of the model); those of other settings
                          are measured again
        --by wall|cpu     what tables compare: seconds of the clock, or of all processors (wall)
        --small           small workloads, to try this out
        --print           measure nothing, print what there is
      """;

  private static final double NEARLY = 1.1;

  private final long begin = System.nanoTime();
  private final Setup setup;
  private final Documents documents;

  /** Actual seconds over guessed ones. */
  private double slowness = 1;

  private Speed(Setup setup) {
    this.setup = setup;
    this.documents = new Documents(setup);
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new LinkedHashMap<>();
    List<String> sets = new ArrayList<>();
    Set<String> flags = Set.of("small", "print");
    Set<String> valued =
        Set.of(
            "model",
            "rounds",
            "minutes",
            "only",
            "precisions",
            "threads",
            "micro-batch",
            "results",
            "by");
    for (int i = 1; i < arguments.length; i++) {
      String name = arguments[i].replaceFirst("^--", "");
      if (flags.contains(name)) {
        options.put(name, "");
      } else if (i + 1 < arguments.length && name.equals("set")) {
        sets.add(arguments[++i]);
      } else if (i + 1 < arguments.length && valued.contains(name)) {
        options.put(name, arguments[++i]);
      } else {
        System.err.print(USAGE);
        System.exit(name.equals("help") ? 0 : 2);
      }
    }
    if (!options.containsKey("model")) {
      System.err.print(USAGE);
      System.exit(2);
    }
    if (sets.stream().noneMatch(s -> s.startsWith("policy.update-tokens="))) {
      sets.add("policy.update-tokens=1200");
    }
    Setup setup = new Setup(Path.of(arguments[0]), options, sets);
    if (!options.containsKey("print")) {
      new Speed(setup).measure();
    }
    new Tables(setup).print();
  }

  private void measure() throws IOException, InterruptedException {
    List<Measurement> all = new Plan(setup).all();
    for (int round = 1; round <= setup.rounds; round++) {
      for (Measurement each : all) {
        for (String precision : wanted(all, each, round)) {
          if (documents.document(each, precision, round).isEmpty()) {
            measure(all, each, precision, round);
          }
        }
      }
    }
  }

  /** The precisions in which it is measured in a round. */
  private List<String> wanted(List<Measurement> all, Measurement each, int round)
      throws IOException {
    String only = setup.options.getOrDefault("only", "");
    if (each.rounds() < round || !(each.side() + " " + each.name()).contains(only)) {
      return List.of();
    }
    if (round == 1 && each.decides().equals(each.name())) {
      return setup.precisions;
    }
    for (Measurement other : all) {
      if (other.side().equals(each.side()) && other.name().equals(each.decides())) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (String precision : setup.precisions) {
          documents
              .costs(other, precision, 1)
              .filter(c -> c.containsKey(other.main()))
              .ifPresent(c -> seconds.put(precision, c.get(other.main()).wall()));
        }
        if (!seconds.isEmpty()) {
          double best = seconds.values().stream().mapToDouble(s -> s).min().orElseThrow();
          double most = each == other ? NEARLY * best : best;
          return seconds.keySet().stream().filter(p -> seconds.get(p) <= most).toList();
        }
      }
    }
    return setup.precisions;
  }

  private void measure(List<Measurement> all, Measurement each, String precision, int round)
      throws IOException, InterruptedException {
    double spent = (System.nanoTime() - begin) * 1e-9;
    double expected = expected(each, precision);
    int minutes = setup.number("minutes", 0);
    if (minutes > 0 && spent + expected > 60 * minutes) {
      setup.leftOut.add(each.words(precision, round));
      return;
    }
    System.err.printf(
        Locale.ROOT,
        "speed: %s; about %.0f s, then about %.0f min left%n",
        each.words(precision, round),
        expected,
        (left(all, round) - expected) / 60);
    List<String> command = documents.command(each, precision);
    double load = load();
    Path out = setup.results.resolve("out.tmp");
    Path log = setup.results.resolve(each.file(precision, round).replace(".json", ".log"));
    long from = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    int code = process.waitFor();
    double seconds = (System.nanoTime() - from) * 1e-9;
    if (code != 0) {
      setup.leftOut.add(each.words(precision, round) + ", which failed: " + log);
      return;
    }
    slowness = seconds / each.guess();
    JsonObject whole = new JsonObject();
    JsonArray words = new JsonArray();
    command.forEach(words::add);
    whole.add("command", words);
    whole.addProperty("seconds", seconds);
    whole.addProperty("load", load);
    whole.add("document", JsonParser.parseString(Files.readString(out)));
    Path temporary = setup.results.resolve("result.tmp");
    Files.writeString(temporary, whole.toString());
    Files.move(
        temporary,
        setup.results.resolve(each.file(precision, round)),
        StandardCopyOption.ATOMIC_MOVE);
  }

  /** Seconds it took before, or may take. */
  private double expected(Measurement each, String precision) throws IOException {
    for (int round = setup.rounds; round > 0; round--) {
      Optional<JsonObject> known = documents.document(each, precision, round);
      if (known.isPresent()) {
        return known.get().get("seconds").getAsDouble();
      }
    }
    return each.guess() * slowness;
  }

  private double left(List<Measurement> all, int from) throws IOException {
    double left = 0;
    for (int round = from; round <= setup.rounds; round++) {
      for (Measurement each : all) {
        for (String precision : wanted(all, each, round)) {
          left +=
              documents.document(each, precision, round).isPresent()
                  ? 0
                  : expected(each, precision);
        }
      }
    }
    return left;
  }

  private static double load() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
  }
}

/** What was asked for. */
final class Setup {
  final Path root;
  final Set<String> leftOut = new LinkedHashSet<>();
  final Map<String, String> options;
  final List<String> sets;
  final Sizes sizes;
  final Path results;
  final int rounds;
  final List<String> precisions;

  Setup(Path root, Map<String, String> options, List<String> sets) throws IOException {
    this.root = root;
    this.options = options;
    this.sets = sets;
    this.sizes = options.containsKey("small") ? Sizes.SMALL : Sizes.WHOLE;
    Path model = Path.of(options.get("model")).toRealPath();
    options.put("model", model.toString());
    String folder = model.getFileName() + (options.containsKey("small") ? "-small" : "");
    this.results =
        Path.of(
            options.getOrDefault(
                "results", root.resolve("integration-tests/target/speed/" + folder).toString()));
    this.rounds = number("rounds", 3);
    this.precisions = List.of(options.getOrDefault("precisions", "f32,bf16").split(","));
    Files.createDirectories(results);
  }

  int number(String option, int otherwise) {
    return Integer.parseInt(options.getOrDefault(option, Integer.toString(otherwise)));
  }

  String threads() {
    return Integer.toString(number("threads", Runtime.getRuntime().availableProcessors()));
  }
}

/** All measurements, each with its command. */
final class Plan {
  static final String LANPO = "lanpo";
  static final String TRANSFORMERS = "transformers";
  static final String TRL = "trl";
  static final String LLAMA = "llama.cpp";

  private final Setup setup;
  private final Sizes sizes;
  private final int rounds;

  Plan(Setup setup) {
    this.setup = setup;
    this.sizes = setup.sizes;
    this.rounds = setup.rounds;
  }

  List<Measurement> all() {
    String few = sizes.name("generate", sizes.few(), sizes.group(), sizes.prompt());
    String one = sizes.name("generate", 1, 1, sizes.prompt());
    String update = sizes.train("update");
    String step = sizes.train("step");
    String lengthy = sizes.name("step", sizes.prompts(), sizes.group(), sizes.longPrompt());
    int batch = sizes.prompts() * sizes.group();
    List<Measurement> all = new ArrayList<>();
    all.add(
        lanpo(
            "generate",
            "generate",
            sizes.generate(),
            60,
            rounds,
            List.of(sizes.generate(), sizes.different())));
    all.add(generate(TRANSFORMERS, "generate", "generate", batch, sizes.group(), 60));
    boolean llama = llamaIsThere();
    if (llama) {
      all.add(generate(LLAMA, "generate", "generate", batch, sizes.group(), 40));
    }
    if (sizes.few() > 0) {
      all.add(lanpo("few", "generate", few, 20, rounds, List.of(few, one)));
      if (llama) {
        all.add(generate(LLAMA, "few", "generate", sizes.few() * sizes.group(), sizes.group(), 15));
        all.add(generate(LLAMA, "one", "generate", 1, 1, 10));
      }
    }
    all.add(lanpo("train", "train", step, 110, rounds, List.of(update, step)));
    all.add(trl("train", "train", step, sizes.prompt(), 140, rounds));
    if (sizes.longPrompt() > 0) {
      all.add(lanpo("long", "train", lengthy, 90, rounds, List.of(lengthy)));
      all.add(trl("long", "train", lengthy, sizes.longPrompt(), 240, rounds));
    }
    all.add(lanpo("lora", "train", step, 80, 1, List.of(update, step), "policy.lora.rank=16"));
    all.add(trl("lora", "train", step, sizes.prompt(), 120, 1, "--lora-rank", "16"));
    if (sizes.few() > 0) {
      List<String> growth = Stream.concat(batches().stream(), prompts().stream()).toList();
      all.add(
          lanpo("growth", "generate", growth.get(0), 200, 1, growth, "growth=true", "steps=false"));
    }
    return all;
  }

  static List<String> batches() {
    return Stream.iterate(1, b -> 2 * b)
        .limit(8)
        .map(b -> "generate %d x 1, 128 + 64 tokens".formatted(b))
        .toList();
  }

  static List<String> prompts() {
    return Stream.iterate(128, p -> 2 * p)
        .limit(5)
        .map(p -> "generate 16 x 1, %d + 32 tokens".formatted(p))
        .toList();
  }

  private boolean llamaIsThere() {
    boolean there =
        System.getenv("LANPO_PEERS_LLAMA_PYTHON") != null
            || Files.exists(setup.root.resolve("integration-tests/peers/.venv-llama-cpp/complete"));
    if (!there) {
      setup.leftOut.add("llama.cpp, which is not installed: see integration-tests/peers/README.md");
    }
    return there;
  }

  private Measurement lanpo(
      String name,
      String decides,
      String main,
      double guess,
      int most,
      List<String> cases,
      String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                setup.root.resolve("runtime/bin/lanpo").toString(), "bench", "policy", "--json"));
    List<String> all =
        new ArrayList<>(List.of("model=" + setup.options.get("model"), "repetitions=1"));
    all.add("policy.workers=" + setup.threads());
    all.add("only=" + String.join(";", cases));
    if (setup.options.containsKey("small")) {
      all.add("quick=true");
    }
    all.addAll(List.of(more));
    all.addAll(setup.sets);
    all.forEach(set -> command.addAll(List.of("--set", set)));
    return new Measurement(LANPO, name, decides, main, guess, most, command);
  }

  private List<String> peers(String what, int batch, int group, int prompt, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(setup.root.resolve("integration-tests/peers/peers").toString(), "bench", what));
    command.addAll(
        List.of(
            "--json",
            "--model",
            setup.options.get("model"),
            "--threads",
            setup.threads(),
            "--repetitions",
            "1"));
    command.addAll(List.of("--batch", "" + batch, "--group", "" + group));
    command.addAll(List.of("--prompt", "" + prompt, "--new", "" + sizes.completion()));
    command.addAll(List.of(more));
    return command;
  }

  private Measurement generate(
      String peer, String name, String decides, int batch, int group, double guess) {
    String main = sizes.name("generate", batch / group, group, sizes.prompt());
    List<String> command =
        peers("generate", batch, group, sizes.prompt(), "--peer", peer, "--warm-up-new", "4");
    return new Measurement(peer, name, decides, main, guess, rounds, command);
  }

  private Measurement trl(
      String name,
      String decides,
      String main,
      int prompt,
      double guess,
      int most,
      String... more) {
    int batch = sizes.prompts() * sizes.trained();
    List<String> command = peers("step", batch, sizes.trained(), prompt, more);
    command.addAll(List.of("--warm-up", "0", "--micro-batch", "" + setup.number("micro-batch", 2)));
    return new Measurement(TRL, name, decides, main, guess, most, command);
  }
}

/** What was measured, a document each. */
final class Documents {
  private final Setup setup;

  Documents(Setup setup) {
    this.setup = setup;
  }

  Optional<JsonObject> document(Measurement each, String precision, int round) throws IOException {
    Path file = setup.results.resolve(each.file(precision, round));
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonObject document = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    List<String> command =
        document.getAsJsonArray("command").asList().stream().map(JsonElement::getAsString).toList();
    return command.equals(command(each, precision)) ? Optional.of(document) : Optional.empty();
  }

  /** What each case of a measurement took; empty when it was not measured. */
  Optional<Map<String, Cost>> costs(Measurement each, String precision, int round)
      throws IOException {
    Optional<JsonObject> found =
        document(each, precision, round).map(d -> d.getAsJsonObject("document"));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Cost> costs = new LinkedHashMap<>();
    if (each.side().equals(Plan.LANPO)) {
      for (JsonElement figure : found.get().getAsJsonArray("figures")) {
        JsonObject details = figure.getAsJsonObject().getAsJsonObject("details");
        if (details.has("seconds")) {
          double share =
              details.has("ofProduct") ? details.get("ofProduct").getAsDouble() : Double.NaN;
          costs.put(
              figure.getAsJsonObject().get("name").getAsString(),
              new Cost(
                  of(details, "seconds"),
                  of(details, "cpuSeconds"),
                  of(details, "peakMiB"),
                  share));
        }
      }
    } else {
      JsonObject median = found.get().getAsJsonObject("median");
      double peak = of(median, "peak_mib");
      costs.put(each.main(), new Cost(of(median, "wall_s"), of(median, "cpu_s"), peak, Double.NaN));
      if (median.has("update_wall_s")) {
        costs.put(
            each.main().replace("step", "update"),
            new Cost(of(median, "update_wall_s"), of(median, "update_cpu_s"), peak, Double.NaN));
      }
    }
    return Optional.of(costs);
  }

  static double of(JsonObject values, String key) {
    return values.get(key).getAsDouble();
  }

  /** A case of a side in each round, by precision. */
  Map<String, Map<Integer, Cost>> rounds(
      List<Measurement> all, String side, String name, String kind) throws IOException {
    Map<String, Map<Integer, Cost>> found = new LinkedHashMap<>();
    for (Measurement each : all) {
      if (each.side().equals(side) && each.name().equals(name)) {
        for (String precision : setup.precisions) {
          for (int round = 1; round <= setup.rounds; round++) {
            Cost cost = costs(each, precision, round).map(c -> c.get(kind)).orElse(null);
            if (cost != null) {
              found.computeIfAbsent(precision, p -> new LinkedHashMap<>()).put(round, cost);
            }
          }
        }
      }
    }
    return found;
  }

  static List<String> command(Measurement each, String precision) {
    List<String> last =
        each.side().equals(Plan.LANPO)
            ? List.of("--set", "policy.precision=" + precision)
            : List.of("--dtype", precision);
    return Stream.concat(each.command().stream(), last.stream()).toList();
  }
}

/** Tables in Markdown. */
final class Tables {
  private final Setup setup;
  private final Documents documents;
  private final Sizes sizes;
  private final List<String> precisions;

  Tables(Setup setup) {
    this.setup = setup;
    this.documents = new Documents(setup);
    this.sizes = setup.sizes;
    this.precisions = setup.precisions;
  }

  // Tables.

  private ToDoubleFunction<Cost> time() {
    return setup.options.getOrDefault("by", "wall").equals("cpu") ? Cost::cpu : Cost::wall;
  }

  private List<Row> rows() {
    String update = sizes.train("update");
    String step = sizes.train("step");
    String lengthy = sizes.name("step", sizes.prompts(), sizes.group(), sizes.longPrompt());
    String few = sizes.name("generate", sizes.few(), sizes.group(), sizes.prompt());
    String one = sizes.name("generate", 1, 1, sizes.prompt());
    String all = sizes.generate();
    return List.of(
        new Row(all, "generate", all, Plan.TRANSFORMERS, "generate", all),
        new Row(
            sizes.different(), "generate", sizes.different(), Plan.TRANSFORMERS, "generate", all),
        new Row(sizes.common(), "generate", sizes.common(), Plan.TRANSFORMERS, "generate", all),
        new Row(update, "train", update, Plan.TRL, "train", update),
        new Row(step, "train", step, Plan.TRL, "train", step),
        new Row(lengthy, "long", lengthy, Plan.TRL, "long", lengthy),
        new Row(update + ", LoRA 16", "lora", update, Plan.TRL, "lora", update),
        new Row(step + ", LoRA 16", "lora", step, Plan.TRL, "lora", step),
        new Row(all, "generate", all, Plan.LLAMA, "generate", all),
        new Row(few, "few", few, Plan.LLAMA, "few", few),
        new Row(one, "few", one, Plan.LLAMA, "one", one));
  }

  void print() throws IOException {
    List<Measurement> all = new Plan(setup).all();
    about(all);
    StringBuilder head =
        new StringBuilder(
            "| %s seconds | peer |".formatted(setup.options.getOrDefault("by", "wall")));
    precisions.forEach(p -> head.append(" LANPO ").append(p).append(" |"));
    precisions.forEach(p -> head.append(" peer ").append(p).append(" |"));
    head.append(" ratio (lowest–highest pair) | of the product's rate | peak, LANPO / peer |");
    System.out.println(head);
    System.out.println("|---|---|" + "---:|".repeat(2 * precisions.size() + 3));
    for (Row row : rows()) {
      Map<String, Map<Integer, Cost>> own =
          documents.rounds(all, Plan.LANPO, row.name(), row.own());
      Map<String, Map<Integer, Cost>> peer =
          documents.rounds(all, row.side(), row.peerName(), row.peer());
      boolean told = !own.isEmpty() && !row.side().equals(Plan.LLAMA);
      if (told || (!peer.isEmpty() && row.own().equals(row.peer()))) {
        System.out.println(line(row, own, peer));
      }
    }
    growth(all, "| sequences, 128 + 64 tokens |", Plan.batches(), Cost::wall);
    growth(all, "| prompt of 16 sequences, + 32 tokens |", Plan.prompts(), Cost::wall);
    if (!setup.leftOut.isEmpty()) {
      System.out.println("\nNot measured: " + String.join("; ", setup.leftOut) + ".");
    }
  }

  private String line(
      Row row, Map<String, Map<Integer, Cost>> own, Map<String, Map<Integer, Cost>> peer) {
    StringBuilder line = new StringBuilder("| %s | %s |".formatted(row.title(), row.side()));
    for (Map<String, Map<Integer, Cost>> side : List.of(own, peer)) {
      for (String precision : precisions) {
        Map<Integer, Cost> costs = side.getOrDefault(precision, Map.of());
        line.append(
            costs.isEmpty()
                ? " – |"
                : text(" %.1f (%d) |", median(costs.values(), time()), costs.size()));
      }
    }
    Map<Integer, Cost> best = quickest(own);
    Map<Integer, Cost> other = quickest(peer);
    double[] pairs =
        best.keySet().stream()
            .filter(other::containsKey)
            .mapToDouble(
                r -> time().applyAsDouble(other.get(r)) / time().applyAsDouble(best.get(r)))
            .sorted()
            .toArray();
    line.append(
        pairs.length == 0
            ? " – |"
            : text(
                " **%.2f** (%.2f–%.2f) |",
                median(other.values(), time()) / median(best.values(), time()),
                pairs[0],
                pairs[pairs.length - 1]));
    line.append(
        best.isEmpty() ? " – |" : text(" %.0f %% |", 100 * median(best.values(), Cost::share)));
    line.append(best.isEmpty() ? " –" : text(" %.2f", median(best.values(), Cost::peak) / 1024));
    return line.append(
            other.isEmpty()
                ? " / – |"
                : text(" / %.2f GiB |", median(other.values(), Cost::peak) / 1024))
        .toString();
  }

  private Map<Integer, Cost> quickest(Map<String, Map<Integer, Cost>> side) {
    return side.values().stream()
        .min((a, b) -> Double.compare(median(a.values(), time()), median(b.values(), time())))
        .orElse(Map.of());
  }

  private void growth(
      List<Measurement> all, String title, List<String> names, ToDoubleFunction<Cost> seconds)
      throws IOException {
    StringBuilder head = new StringBuilder(title);
    StringBuilder line = new StringBuilder("| seconds |");
    int columns = 1;
    for (String name : names) {
      Map<Integer, Cost> costs = quickest(documents.rounds(all, Plan.LANPO, "growth", name));
      if (!costs.isEmpty()) {
        String[] words = name.split("[ ,+]+");
        head.append(' ')
            .append(words[1].equals("16") && title.contains("prompt") ? words[4] : words[1])
            .append(" |");
        line.append(text(" %.1f |", median(costs.values(), seconds)));
        columns++;
      }
    }
    if (columns > 1) {
      System.out.println("\n" + head + "\n" + "|---".repeat(columns) + "|\n" + line);
    }
  }

  /** Where and with what this was measured. */
  private void about(List<Measurement> all) throws IOException {
    List<String> info = Files.readAllLines(Path.of("/proc/cpuinfo"));
    String flags = info.stream().filter(l -> l.startsWith("flags")).findFirst().orElse("");
    Set<String> half =
        new TreeSet<>(Set.of("avx512f", "avx512_bf16", "avx512_vnni", "amx_bf16", "amx_int8"));
    half.retainAll(new HashSet<>(List.of(flags.split("\\s+"))));
    String processor =
        info.stream()
            .filter(l -> l.startsWith("model name"))
            .findFirst()
            .map(l -> l.split(":")[1].trim())
            .orElse("?");
    Map<String, String> versions = new LinkedHashMap<>();
    List<Double> loads = new ArrayList<>();
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    for (Measurement each : all) {
      for (String precision : precisions) {
        for (int round = 1; round <= setup.rounds; round++) {
          Optional<JsonObject> found = documents.document(each, precision, round);
          if (found.isPresent()) {
            loads.add(documents.of(found.get(), "load"));
            JsonObject document = found.get().getAsJsonObject("document");
            if (document.has("versions")) {
              document
                  .getAsJsonObject("versions")
                  .entrySet()
                  .forEach(e -> versions.put(e.getKey(), e.getValue().getAsString()));
            }
            if (document.has("figures")) {
              JsonObject first = document.getAsJsonArray("figures").get(0).getAsJsonObject();
              rates
                  .computeIfAbsent(precision, p -> new ArrayList<>())
                  .add(documents.of(first, "value"));
            }
          }
        }
      }
    }
    String pom = Files.readString(setup.root.resolve("pom.xml"));
    System.out.printf(
        Locale.ROOT,
        "%s, %d processors, %s; %s threads on each side; load average %.1f to %.1f before a"
            + " measurement.%n",
        processor,
        Runtime.getRuntime().availableProcessors(),
        half.isEmpty() ? "no instructions for half precision" : String.join(", ", half),
        setup.threads(),
        loads.stream().mapToDouble(l -> l).min().orElse(Double.NaN),
        loads.stream().mapToDouble(l -> l).max().orElse(Double.NaN));
    System.out.println(
        "LANPO with PyTorch %s and %s; peers with %s, TRL's micro-batch %d. Product of 2048³: %s. Medians, (rounds); the ratio is of both sides' quicker precision.%n"
            .formatted(
                pom.replaceAll("(?s).*<djl.pytorch.version>([^<]*)<.*", "$1"),
                String.join(", ", setup.sets),
                versions.entrySet().stream()
                    .map(e -> e.getKey() + " " + e.getValue())
                    .collect(Collectors.joining(", ")),
                setup.number("micro-batch", 2),
                rates.entrySet().stream()
                    .map(
                        e ->
                            text(
                                "%s %.0f GFLOP/s",
                                e.getKey(),
                                middle(
                                    e.getValue().stream().mapToDouble(v -> v).sorted().toArray())))
                    .collect(Collectors.joining(", "))));
  }

  private static double median(Collection<Cost> costs, ToDoubleFunction<Cost> what) {
    return middle(costs.stream().mapToDouble(what).sorted().toArray());
  }

  private static double middle(double[] sorted) {
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

/** What is measured: sizes of the workloads. */
record Sizes(
    int prompts, int group, int few, int prompt, int longPrompt, int completion, int trained) {
  static final Sizes WHOLE = new Sizes(8, 8, 2, 128, 512, 128, 8);
  static final Sizes SMALL = new Sizes(2, 8, 0, 32, 0, 32, 4);

  String name(String kind, int prompts, int group, int prompt) {
    return "%s %d x %d, %d + %d tokens".formatted(kind, prompts, group, prompt, completion);
  }

  String generate() {
    return name("generate", prompts, group, prompt);
  }

  String different() {
    return name("generate", prompts * group, 1, prompt);
  }

  String common() {
    return "%s, %d in common".formatted(different(), prompt / 2);
  }

  String train(String kind) {
    return name(kind, prompts, trained, prompt);
  }
}

/**
 * One configuration of one side.
 *
 * @param side who
 * @param name what
 * @param decides whose quicker precision is taken: that of another measurement of the side, or its
 *     own
 * @param main the case whose time tells which precision is quicker
 * @param guess seconds it may take
 * @param rounds at most so many
 * @param command without the precision
 */
record Measurement(
    String side,
    String name,
    String decides,
    String main,
    double guess,
    int rounds,
    List<String> command) {
  String file(String precision, int round) {
    return "%s-%s-%s-%d.json".formatted(side, name, precision, round).replace(' ', '-');
  }

  String words(String precision, int round) {
    return "round %d, %s %s %s".formatted(round, side, name, precision);
  }
}

/** What a case took. */
record Cost(double wall, double cpu, double peak, double share) {}

/** A row of the main table. */
record Row(String title, String name, String own, String side, String peerName, String peer) {}
