package io.lanpo.bench.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.bench.Benchmark.Figure;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.bench.measure.Fixed;
import io.lanpo.bench.measure.Heard;
import io.lanpo.pool.chronicle.ChroniclePoolStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolBenchmarkTest {
  @TempDir Path folder;

  private Map<String, Figure> run(List<PeerStore> peers, Map<String, String> values)
      throws IOException {
    return run(new Heard(), peers, values);
  }

  private Map<String, Figure> run(Heard heard, List<PeerStore> peers, Map<String, String> values)
      throws IOException {
    Fixed installed = new Fixed().with(PoolStore.class, "chronicle", new ChroniclePoolStore());
    PoolBenchmark benchmark = new PoolBenchmark(folder, installed, peers);
    List<Figure> figures =
        benchmark.run(Settings.of("test", benchmark.settings(values), values), heard);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(0, left.count(), "it removes what it wrote");
    }
    assertEquals(0, installed.inUse(), "it gives the store back");
    return figures.stream().collect(Collectors.toMap(Figure::name, Function.identity()));
  }

  private static Map<String, String> small(String kind) {
    return Map.of(
        "sizes", "3000,6000", "gets", "500", "repetitions", "2", "values", kind, "bytes", "4096");
  }

  @Test
  @Tag("full")
  void allStoresKeepTheSameAndStandBesideEachOther() throws IOException {
    Map<String, Figure> figures = run(List.of(new FilePeer()), small("text"));
    assertEquals(2 * 2 * 5, figures.size(), figures.keySet()::toString);
    for (String size : List.of("3000", "6000")) {
      Figure pool = figures.get("pool %s get".formatted(size));
      Figure peer = figures.get("files %s get".formatted(size));
      assertTrue(pool.value() > 0 && peer.value() > 0);
      assertEquals(pool.value() / peer.value(), pool.details().get("to-files"), 1e-9);
      assertTrue(pool.details().get("p50") <= pool.details().get("p99"));
      // A file a value: exactly the payload.
      assertEquals(1, figures.get("files %s disk".formatted(size)).value(), 1e-9);
    }
    // Packed, once in the log and once in the map.
    double disk = figures.get("pool 6000 disk").value();
    assertTrue(disk > 1 && disk < 1.7, () -> "text takes " + disk);
    double heap = figures.get("pool 6000 heap").value();
    // what else is collected meanwhile may make it less than nothing
    assertTrue(heap < 1000, () -> heap + " bytes per entry");
  }

  @Test
  void whatCannotBePackedTakesItsOwnSizeInTheLogAndInTheMap() throws IOException {
    Map<String, Figure> figures = run(List.of(), small("noise"));
    double disk = figures.get("pool 6000 disk").value();
    assertTrue(disk > 1.8 && disk < 2.2, () -> "noise takes " + disk);
  }

  /** RocksDB and MVStore too: their files must be closed before they are removed. */
  @Test
  void anInterruptionReturnsWhatWasMeasured() throws IOException {
    for (PeerStore peer : List.of(new RocksDbPeer(), new MvStorePeer())) {
      Heard heard = new Heard("pool: %s with 2000 entries".formatted(peer.name()));
      Map<String, Figure> figures = run(heard, List.of(peer), Map.of("quick", "true"));
      assertTrue(Thread.interrupted(), "the interrupt status is kept");
      assertTrue(figures.containsKey("pool 2000 get"), figures.keySet()::toString);
      assertFalse(figures.containsKey(peer.name() + " 2000 put"), figures.keySet()::toString);
      assertEquals("pool: warming up pool", heard.phases().get(0));
      assertEquals(2, heard.all().get(heard.all().size() - 1).total());
    }
  }

  @Test
  void settingsOfThePoolAreItsOwn() throws IOException {
    assertFalse(run(List.of(), Map.of("quick", "true", "pool.eviction", "least-useful")).isEmpty());
    assertThrows(UserException.class, () -> run(List.of(), Map.of("pool.capacity", "5")));
  }

  @Test
  void peersGetBackWhatTheyWereGiven() {
    BenchmarkValues values = new BenchmarkValues(BenchmarkValues.Kind.TEXT, 4096);
    for (int i = 0; i < 200; i++) {
      Experience experience = values.experience(i);
      assertEquals(experience, Encoding.decode(Encoding.encode(experience)));
    }
    assertEquals(4096, Encoding.encode(values.experience(1_000_001)).length);
  }

  @Test
  void sizesThatAreNoneAreRefused() {
    for (String sizes : List.of("", "10,x", "0", "1e6", "99999999")) {
      assertThrows(UserException.class, () -> run(List.of(), Map.of("sizes", sizes)));
    }
  }

  /** A file for each value. */
  private static final class FilePeer implements PeerStore {
    @Override
    public String name() {
      return "files";
    }

    @Override
    public Values open(Path where) {
      return new Values() {
        private Path file(String key) {
          return where.resolve(key.replace('/', '-'));
        }

        @Override
        public void put(Map<String, byte[]> values) throws IOException {
          for (Map.Entry<String, byte[]> value : values.entrySet()) {
            Files.write(file(value.getKey()), value.getValue());
          }
        }

        @Override
        public Optional<byte[]> get(String key) throws IOException {
          return Optional.of(Files.readAllBytes(file(key)));
        }

        @Override
        public void close() {}
      };
    }
  }
}
