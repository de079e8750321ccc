package io.lanpo.bench.pool;

import io.lanpo.api.bench.Benchmark;
import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentCatalogue.Wanted;
import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.train.Installation;
import io.lanpo.api.train.RunListener;
import io.lanpo.bench.measure.Course;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Speed and size of a pool beside RocksDB and H2 MVStore. */
@Component(service = Benchmark.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("pool")
public final class PoolBenchmark implements Benchmark {
  static final Setting<Integer> BYTES =
      Setting.integer("bytes", 4096, 256, 1 << 20, "bytes", "Size of an entry, encoded.");

  static final Setting<Integer> BATCH =
      Setting.integer(
          "batch", 64, 1, 10_000, "entries", "Entries that are put, and acknowledged, at a time.");

  static final Setting<Integer> REPETITIONS =
      Setting.integer(
          "repetitions", 3, 1, 100, "runs", "How often every store is filled and asked.");

  static final Setting<BenchmarkValues.Kind> VALUES =
      Setting.choice(
          "values",
          BenchmarkValues.Kind.class,
          "What attempts consist of: text, half of which remains when packed, or noise.");

  static final Setting<String> FOLDER =
      Setting.text(
          "folder", "", "Where the stores are made and removed; empty: bench in the folder var.");

  static final Setting<Integer> GETS =
      Setting.integer("gets", 50_000, 100, 10_000_000, "entries", "Entries asked for, at random.");

  private static final String NAME = "pool";
  private static final String PREFIX = "pool.";
  private static final String CHRONICLE = "chronicle";

  private static final Setting<Boolean> QUICK =
      Setting.flag(Benchmark.QUICK, false, "Few entries, once: a first figure within seconds.");

  private static final Setting<String> SIZES =
      Setting.text("sizes", "10000,100000", "Numbers of entries, e.g. 10000,100000,1000000.");

  private static final Setting<String> POOL = Setting.text("pool", CHRONICLE, "The pool store.");

  private final ComponentCatalogue catalogue;
  private final List<PeerStore> peers;
  private final Path standardFolder;

  /**
   * @param context knows the folders of the installation
   */
  @Activate
  public PoolBenchmark(BundleContext context, @Reference ComponentCatalogue catalogue) {
    this(
        Installation.of(context::getProperty).var().resolve("bench"),
        catalogue,
        List.of(new RocksDbPeer(), new MvStorePeer()));
  }

  PoolBenchmark(Path standardFolder, ComponentCatalogue catalogue, List<PeerStore> peers) {
    this.standardFolder = standardFolder;
    this.catalogue = catalogue;
    this.peers = List.copyOf(peers);
  }

  @Override
  public List<Setting<?>> settings(Map<String, String> given) {
    boolean quick = Boolean.parseBoolean(given.get(QUICK.key()));
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                QUICK,
                quick ? SIZES.withDefault("2000") : SIZES,
                BYTES,
                VALUES,
                BATCH,
                quick ? GETS.withDefault(2000) : GETS,
                quick ? REPETITIONS.withDefault(1) : REPETITIONS,
                FOLDER,
                POOL));
    try (ComponentUse<PoolStore> store = store(given.getOrDefault(POOL.key(), CHRONICLE))) {
      store.instance().settings().stream()
          .filter(setting -> !Contender.CHOSEN.contains(setting.key()))
          .forEach(setting -> all.add(setting.prefixed(PREFIX)));
    }
    return List.copyOf(all);
  }

  private ComponentUse<PoolStore> store(String name) {
    return catalogue.use(new Wanted<>(PoolStore.class, name, POOL.key()), "");
  }

  @Override
  public List<Figure> run(Settings settings, RunListener listener) {
    Path folder = settings.get(FOLDER).isEmpty() ? standardFolder : Path.of(settings.get(FOLDER));
    BenchmarkValues values = new BenchmarkValues(settings.get(VALUES), settings.get(BYTES));
    try (ComponentUse<PoolStore> store = store(settings.get(POOL))) {
      int packed = values.packedBytes();
      Turns.Contenders contenders =
          entries ->
              Stream.concat(
                      Stream.of(
                          Contender.pool(
                              store.instance(), settings.under(PREFIX).asMap(), entries, packed)),
                      peers.stream().map(Contender::peer))
                  .toList();
      Path own = Files.createTempDirectory(Files.createDirectories(folder), "pool");
      try {
        return new Turns(
                contenders,
                sizes(settings),
                values,
                new PoolTrial.Plan(settings.get(BATCH), settings.get(GETS)),
                own,
                new Course(NAME, listener))
            .run(settings.get(REPETITIONS));
      } finally {
        FileTree.delete(own);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the benchmark of the pool in " + folder, e);
    }
  }

  private static List<Integer> sizes(Settings settings) {
    List<Integer> sizes = new ArrayList<>();
    for (String size : settings.get(SIZES).split(",")) {
      if (!size.strip().matches("[1-9]\\d{0,6}|10000000")) {
        throw new UserException(
            "sizes = %s is not allowed: %s is no number of entries up to 10000000"
                .formatted(settings.get(SIZES), size.strip()),
            "Write numbers with commas between, e.g. sizes=10000,100000.");
      }
      sizes.add(Integer.valueOf(size.strip()));
    }
    return sizes;
  }
}
