package io.lanpo.bench.pool;

import io.lanpo.api.bench.Benchmark.Figure;
import io.lanpo.api.component.Setting;
import io.lanpo.bench.measure.Course;
import io.lanpo.bench.measure.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The measurement itself. All stores keep the same experiences under the same ids, encode and
 * decode them, and acknowledge a batch when it survives a crash of the process. They take turns in
 * every repetition, so that a machine that slows down slows all of them down.
 *
 * <p>Latencies are of one entry: of gets one by one, of puts a batch's divided by its entries.
 * Sizes are of the folder after the store was closed twice, by the encoded payload.
 */
final class Turns {
  private static final int WARM_UP = 5000;

  private final Contenders contenders;
  private final List<Integer> sizes;
  private final BenchmarkValues values;
  private final PoolTrial.Plan plan;
  private final Path folder;
  private final Course course;

  /** By store and size, in the order of the first turn. */
  private final Map<String, Map<PoolTrial.Figure, Samples>> samples = new LinkedHashMap<>();

  /** Who takes part. */
  @FunctionalInterface
  interface Contenders {
    /** The pool first, then its peers, for so many entries. */
    List<Contender> of(int entries);
  }

  /**
   * @param sizes numbers of entries
   * @param folder where the stores are made
   */
  Turns(
      Contenders contenders,
      List<Integer> sizes,
      BenchmarkValues values,
      PoolTrial.Plan plan,
      Path folder,
      Course course) {
    this.contenders = contenders;
    this.sizes = sizes;
    this.values = values;
    this.plan = plan;
    this.folder = folder;
    this.course = course;
  }

  /** Figures of what was measured before the end or an interruption. */
  List<Figure> run(int repetitions) throws IOException {
    course.run(() -> measure(repetitions));
    return figures();
  }

  private void measure(int repetitions) throws IOException {
    int warmUp = Math.min(WARM_UP, Collections.max(sizes));
    for (Contender contender : contenders.of(warmUp)) {
      course.prepare("warming up " + contender.name());
      new PoolTrial(contender, values, warmUp, plan, course)
          .run(folder.resolve("warm-up"), PoolTrial.samples());
    }
    int stores = contenders.of(warmUp).size();
    double entries = sizes.stream().mapToDouble(n -> n).sum();
    course.plan(repetitions * stores * sizes.size(), repetitions * stores * entries);
    for (int turn = 0; turn < repetitions; turn++) {
      for (int size : sizes) {
        List<Contender> inTurn = new ArrayList<>(contenders.of(size));
        Collections.rotate(inTurn, turn);
        for (Contender contender : inTurn) {
          measure(contender, size);
        }
      }
    }
  }

  private void measure(Contender contender, int size) throws IOException {
    course.begin("%s with %d entries".formatted(contender.name(), size));
    Map<PoolTrial.Figure, Samples> of =
        samples.computeIfAbsent(key(contender.name(), size), k -> PoolTrial.samples());
    new PoolTrial(contender, values, size, plan, course).run(folder.resolve(contender.name()), of);
    course.end(
        0,
        Map.of(
            "put/s", median(of, PoolTrial.Figure.PUT), "get/s", median(of, PoolTrial.Figure.GET)));
  }

  private static double median(Map<PoolTrial.Figure, Samples> of, PoolTrial.Figure figure) {
    Samples samples = of.get(figure);
    return samples == null ? Double.NaN : samples.median();
  }

  private List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (int size : sizes) {
      List<String> names = contenders.of(size).stream().map(Contender::name).toList();
      for (PoolTrial.Figure figure : PoolTrial.Figure.values()) {
        for (String name : names) {
          Samples own = read(name, size, figure);
          if (!own.isEmpty()) {
            figures.add(
                own.figure(
                    "%s %d %s".formatted(name, size, Setting.word(figure)),
                    figure.unit(),
                    name.equals(names.get(0)) ? beside(own, names, size, figure) : Map.of()));
          }
        }
      }
    }
    return figures;
  }

  /** How many times what each peer has. */
  private Map<String, Double> beside(
      Samples own, List<String> names, int size, PoolTrial.Figure figure) {
    Map<String, Double> ratios = new TreeMap<>();
    for (String peer : names.subList(1, names.size())) {
      Samples other = read(peer, size, figure);
      if (!other.isEmpty()) {
        ratios.put("to-" + peer, own.median() / other.median());
      }
    }
    return ratios;
  }

  private Samples read(String name, int size, PoolTrial.Figure figure) {
    return samples.getOrDefault(key(name, size), Map.of()).getOrDefault(figure, new Samples());
  }

  private static String key(String name, int size) {
    return name + " " + size;
  }
}
