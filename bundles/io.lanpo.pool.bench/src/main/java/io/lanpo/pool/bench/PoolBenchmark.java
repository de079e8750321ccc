package io.lanpo.pool.bench;

import io.lanpo.api.component.Components;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.train.Benchmark;
import io.lanpo.api.train.Progress;
import io.lanpo.api.train.RunListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Speed and size of the pool beside RocksDB and H2 MVStore.
 *
 * <p>All keep the same experiences under the same ids, encode and decode them, and acknowledge a
 * batch when it survives a crash of the process. Stores take turns in every repetition, so that a
 * machine that slows down slows all of them down; figures are medians over the repetitions.
 * Latencies are of one entry: of gets one by one, of puts a batch's divided by its entries. Sizes
 * are of the folder after the store was closed twice, by the encoded payload.
 */
@Component(
    service = Benchmark.class,
    scope = ServiceScope.PROTOTYPE,
    property = Components.NAME + "=pool")
public final class PoolBenchmark implements Benchmark {
  private static final String SIZES = "sizes";
  private static final String BYTES = "bytes";
  private static final String VALUES = "values";
  private static final String BATCH = "batch";
  private static final String GETS = "gets";
  private static final String REPETITIONS = "repetitions";
  private static final String FOLDER = "folder";
  private static final int WARM_UP = 5000;
  private static final int SHORT = 1024;

  private static final List<Setting> SETTINGS =
      List.of(
          Setting.text(SIZES, "10000,100000", "Numbers of entries, e.g. 10000,100000,1000000."),
          Setting.integer(BYTES, 4096, 256, 1 << 20, "bytes", "Size of an entry, encoded."),
          Setting.choice(
              VALUES,
              BenchmarkValues.Kind.class,
              "What attempts consist of: text, half of which remains when packed, or noise."),
          Setting.integer(
              BATCH,
              64,
              1,
              10_000,
              "entries",
              "Entries that are put, and acknowledged, at a time."),
          Setting.integer(
              GETS, 50_000, 100, 10_000_000, "entries", "Entries asked for, at random."),
          Setting.integer(
              REPETITIONS, 3, 1, 100, "runs", "How often every store is filled and asked."),
          Setting.text(
              FOLDER,
              "",
              "Where the stores are made and removed; empty: bench in the folder var."));

  private final PoolStore store;
  private final List<PeerStore> peers;
  private final Path standardFolder;

  /**
   * @param context tells the folder {@code lanpo.var}
   * @param store opens the pools
   */
  @Activate
  public PoolBenchmark(
      BundleContext context,
      @Reference(target = "(" + Components.NAME + "=chronicle)") PoolStore store) {
    this(
        Path.of(varFolder(context.getProperty("lanpo.var")), "bench"),
        store,
        List.of(new RocksDbPeer(), new MvStorePeer()));
  }

  PoolBenchmark(Path standardFolder, PoolStore store, List<PeerStore> peers) {
    this.standardFolder = standardFolder;
    this.store = store;
    this.peers = List.copyOf(peers);
  }

  private static String varFolder(@Nullable String told) {
    return told == null ? "var" : told;
  }

  @Override
  public List<Setting> settings() {
    return SETTINGS;
  }

  @Override
  public List<Figure> run(Settings settings, RunListener listener) {
    Path folder = settings.text(FOLDER).isEmpty() ? standardFolder : Path.of(settings.text(FOLDER));
    try {
      Path own = Files.createTempDirectory(Files.createDirectories(folder), "pool");
      try {
        return new Turns(settings, own, listener).run();
      } finally {
        Trees.delete(own);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the benchmark of the pool in " + folder, e);
    }
  }

  private static List<Integer> sizes(Settings settings) {
    List<Integer> sizes = new ArrayList<>();
    for (String size : settings.text(SIZES).split(",")) {
      if (!size.strip().matches("[1-9]\\d{0,6}|10000000")) {
        throw new UserException(
            "sizes = %s is not allowed: %s is no number of entries up to 10000000"
                .formatted(settings.text(SIZES), size.strip()),
            "Write numbers with commas between, e.g. sizes=10000,100000.");
      }
      sizes.add(Integer.valueOf(size.strip()));
    }
    return sizes;
  }

  /** One run of the benchmark. */
  private final class Turns {
    private final List<Integer> sizes;
    private final BenchmarkValues values;
    private final int packedBytes;
    private final PoolTrial.Plan plan;
    private final int repetitions;
    private final Path folder;
    private final RunListener listener;

    /** By store and size. */
    private final Map<String, Map<PoolTrial.Figure, Readings>> readings = new LinkedHashMap<>();

    Turns(Settings settings, Path folder, RunListener listener) {
      this.sizes = sizes(settings);
      this.values =
          new BenchmarkValues(
              settings.choice(VALUES, BenchmarkValues.Kind.class), settings.integer(BYTES));
      this.packedBytes = packedBytes(values);
      this.plan = new PoolTrial.Plan(settings.integer(BATCH), settings.integer(GETS));
      this.repetitions = settings.integer(REPETITIONS);
      this.folder = folder;
      this.listener = listener;
    }

    List<Figure> run() throws IOException {
      long begin = System.nanoTime();
      for (Contender contender : contenders(WARM_UP)) {
        new PoolTrial(contender, values, WARM_UP, plan).run(folder.resolve("warm-up"), fresh());
      }
      // by entries: large ones take most of the time
      long total = (long) repetitions * sizes.stream().mapToLong(n -> n).sum();
      long done = 0;
      for (int turn = 0; turn < repetitions; turn++) {
        for (int size : sizes) {
          List<Contender> contenders = new ArrayList<>(contenders(size));
          Collections.rotate(contenders, turn);
          for (Contender contender : contenders) {
            new PoolTrial(contender, values, size, plan)
                .run(
                    folder.resolve(contender.name()),
                    readings.computeIfAbsent(key(contender.name(), size), k -> fresh()));
          }
          done += size;
          Duration left =
              Duration.ofNanos(
                  (long) ((System.nanoTime() - begin) / (double) done * (total - done)));
          listener.progressed(new Progress("", "benchmark pool", done, total, left, Map.of()));
        }
      }
      return figures();
    }

    private List<Contender> contenders(int entries) {
      return Stream.concat(
              Stream.of(Contender.pool(store, entries, packedBytes)),
              peers.stream().map(Contender::peer))
          .toList();
    }

    private Map<PoolTrial.Figure, Readings> fresh() {
      Map<PoolTrial.Figure, Readings> all = new EnumMap<>(PoolTrial.Figure.class);
      for (PoolTrial.Figure figure : PoolTrial.Figure.values()) {
        all.put(figure, new Readings(figure.unit()));
      }
      return all;
    }

    private List<Figure> figures() {
      List<Figure> figures = new ArrayList<>();
      for (int size : sizes) {
        for (PoolTrial.Figure figure : PoolTrial.Figure.values()) {
          for (Contender contender : contenders(size)) {
            figures.add(
                read(contender.name(), size, figure)
                    .figure(
                        "%s %d %s".formatted(contender.name(), size, Setting.word(figure)),
                        beside(contender.name(), size, figure)));
          }
        }
      }
      return figures;
    }

    /** For the pool: how many times what each peer has. */
    private Map<String, Double> beside(String name, int size, PoolTrial.Figure figure) {
      Map<String, Double> ratios = new TreeMap<>();
      if (name.equals("pool")) {
        for (PeerStore peer : peers) {
          ratios.put(
              "to-" + peer.name(),
              read(name, size, figure).median() / read(peer.name(), size, figure).median());
        }
      }
      return ratios;
    }

    private Readings read(String name, int size, PoolTrial.Figure figure) {
      return Objects.requireNonNull(
          Objects.requireNonNull(readings.get(key(name, size))).get(figure));
    }

    private String key(String name, int size) {
      return name + " " + size;
    }
  }

  /**
   * Mean size for which the pool reserves space. It packs a little better than this does, but
   * leaves short values as they are.
   */
  private static int packedBytes(BenchmarkValues values) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      return (int)
          IntStream.range(0, 1000)
              .map(i -> packedBytes(Encoding.encode(values.experience(i * 61)), deflater))
              .average()
              .orElseThrow();
    } finally {
      deflater.end();
    }
  }

  private static int packedBytes(byte[] value, Deflater deflater) {
    deflater.reset();
    deflater.setInput(value);
    deflater.finish();
    int packed = deflater.deflate(new byte[2 * value.length]);
    return value.length < SHORT ? value.length : Math.min(value.length, packed);
  }
}
