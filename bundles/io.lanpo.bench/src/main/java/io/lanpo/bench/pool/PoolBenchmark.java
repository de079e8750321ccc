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
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Speed and size of a pool beside RocksDB and H2 MVStore. */
@Component(service = Benchmark.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("pool")
public final class PoolBenchmark implements Benchmark {
  private static final String NAME = "pool";
  private static final String POOL = "pool";
  private static final String PREFIX = POOL + ".";
  private static final String CHRONICLE = "chronicle";
  private static final String SIZES = "sizes";
  private static final String BYTES = "bytes";
  private static final String VALUES = "values";
  private static final String BATCH = "batch";
  private static final String GETS = "gets";
  private static final String REPETITIONS = "repetitions";
  private static final String FOLDER = "folder";

  private final ComponentCatalogue catalogue;
  private final List<PeerStore> peers;
  private final Path standardFolder;

  /**
   * @param context tells the folder {@code lanpo.var}
   */
  @Activate
  public PoolBenchmark(BundleContext context, @Reference ComponentCatalogue catalogue) {
    this(
        Path.of(varFolder(context.getProperty("lanpo.var")), "bench"),
        catalogue,
        List.of(new RocksDbPeer(), new MvStorePeer()));
  }

  PoolBenchmark(Path standardFolder, ComponentCatalogue catalogue, List<PeerStore> peers) {
    this.standardFolder = standardFolder;
    this.catalogue = catalogue;
    this.peers = List.copyOf(peers);
  }

  private static String varFolder(@Nullable String given) {
    return given == null ? "var" : given;
  }

  @Override
  public List<Setting> settings(Map<String, String> given) {
    boolean quick = Boolean.parseBoolean(given.get(QUICK));
    List<Setting> all = new ArrayList<>();
    all.add(Setting.flag(QUICK, false, "Few entries, once: a first figure within seconds."));
    all.add(
        Setting.text(
            SIZES,
            quick ? "2000" : "10000,100000",
            "Numbers of entries, e.g. 10000,100000,1000000."));
    all.add(Setting.integer(BYTES, 4096, 256, 1 << 20, "bytes", "Size of an entry, encoded."));
    all.add(
        Setting.choice(
            VALUES,
            BenchmarkValues.Kind.class,
            "What attempts consist of: text, half of which remains when packed, or noise."));
    all.add(
        Setting.integer(
            BATCH, 64, 1, 10_000, "entries", "Entries that are put, and acknowledged, at a time."));
    all.add(
        Setting.integer(
            GETS,
            quick ? 2000 : 50_000,
            100,
            10_000_000,
            "entries",
            "Entries asked for, at random."));
    all.add(
        Setting.integer(
            REPETITIONS,
            quick ? 1 : 3,
            1,
            100,
            "runs",
            "How often every store is filled and asked."));
    all.add(
        Setting.text(
            FOLDER, "", "Where the stores are made and removed; empty: bench in the folder var."));
    all.add(Setting.text(POOL, CHRONICLE, "The pool store."));
    try (ComponentUse<PoolStore> store = store(given.getOrDefault(POOL, CHRONICLE))) {
      store.instance().settings().stream()
          .filter(setting -> !Contender.CHOSEN.contains(setting.key()))
          .forEach(setting -> all.add(setting.prefixed(PREFIX)));
    }
    return List.copyOf(all);
  }

  private ComponentUse<PoolStore> store(String name) {
    return catalogue.use(new Wanted<>(PoolStore.class, name, POOL), "");
  }

  @Override
  public List<Figure> run(Settings settings, RunListener listener) {
    Path folder = settings.text(FOLDER).isEmpty() ? standardFolder : Path.of(settings.text(FOLDER));
    BenchmarkValues values =
        new BenchmarkValues(
            settings.choice(VALUES, BenchmarkValues.Kind.class), settings.integer(BYTES));
    try (ComponentUse<PoolStore> store = store(settings.text(POOL))) {
      int packed = values.packedBytes();
      Turns.Contenders contenders =
          entries ->
              Stream.concat(
                      Stream.of(
                          Contender.pool(
                              store.instance(), settings.under(PREFIX), entries, packed)),
                      peers.stream().map(Contender::peer))
                  .toList();
      Path own = Files.createTempDirectory(Files.createDirectories(folder), "pool");
      try {
        return new Turns(
                contenders,
                sizes(settings),
                values,
                new PoolTrial.Plan(settings.integer(BATCH), settings.integer(GETS)),
                own,
                new Course(NAME, listener))
            .run(settings.integer(REPETITIONS));
      } finally {
        FileTree.delete(own);
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
}
