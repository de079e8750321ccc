package io.lanpo.bench.pool;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.pool.Experience;
import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.PoolStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A store that takes part in the benchmark. All do the same work: an experience is encoded and
 * stored under its id, found by its id and decoded.
 */
interface Contender {
  String name();

  /** Opens the store in a folder, or makes a new one there. */
  Open open(Path folder) throws IOException;

  /** An opened store. */
  interface Open extends AutoCloseable {
    /** Stores experiences that then survive a crash of the process. */
    void put(List<Experience> experiences) throws IOException;

    Experience get(String id) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Settings of a pool that the benchmark chooses, where the store has them. */
  Set<String> CHOSEN = Set.of("capacity", "entry-bytes", "lessons");

  /**
   * The pool, with all that it does besides.
   *
   * @param store opens it
   * @param given values for its other settings
   * @param entries most experiences
   * @param entryBytes their mean size as they are stored
   */
  static Contender pool(PoolStore store, Map<String, String> given, int entries, int entryBytes) {
    Map<String, String> values = new HashMap<>(given);
    for (Setting<?> setting : store.settings()) {
      switch (setting.key()) {
        case "capacity" -> values.put(setting.key(), "" + entries);
        case "entry-bytes" -> values.put(setting.key(), "" + entryBytes);
        case "lessons" -> values.put(setting.key(), "1000");
        default -> {} // as given
      }
    }
    Settings settings = Settings.of("command line", store.settings(), values);
    return new Contender() {
      @Override
      public String name() {
        return "pool";
      }

      @Override
      public Open open(Path folder) {
        return new OpenedPool(store.open(folder, settings));
      }
    };
  }

  /** Another product's store. */
  static Contender peer(PeerStore peer) {
    return new Contender() {
      @Override
      public String name() {
        return peer.name();
      }

      @Override
      public Open open(Path folder) throws IOException {
        return new OpenedPeer(peer.open(folder));
      }
    };
  }

  /** An opened pool. */
  record OpenedPool(ExperiencePool pool) implements Open {
    @Override
    public void put(List<Experience> experiences) {
      pool.add(experiences);
    }

    @Override
    public Experience get(String id) {
      return pool.experience(id).orElseThrow();
    }

    @Override
    public void close() {
      pool.close();
    }
  }

  /** An opened store of another product. */
  record OpenedPeer(PeerStore.Values values) implements Open {
    @Override
    public void put(List<Experience> experiences) throws IOException {
      Map<String, byte[]> encoded = new LinkedHashMap<>();
      experiences.forEach(e -> encoded.put(e.id(), Encoding.encode(e)));
      values.put(encoded);
    }

    @Override
    public Experience get(String id) throws IOException {
      return Encoding.decode(values.get(id).orElseThrow());
    }

    @Override
    public void close() throws IOException {
      values.close();
    }
  }
}
