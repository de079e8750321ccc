package io.lanpo.bench.pool;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * H2's MVStore as it comes, but for one thing: it would write by itself within a second, and until
 * then a crash loses what was put, so a commit follows every put.
 */
final class MvStorePeer implements PeerStore {
  @Override
  public String name() {
    return "mvstore";
  }

  @Override
  public Values open(Path folder) {
    MVStore store = new MVStore.Builder().fileName(folder.resolve("mvstore").toString()).open();
    return new Opened(store, store.openMap("values"));
  }

  private record Opened(MVStore store, MVMap<String, byte[]> map) implements Values {
    @Override
    public void put(Map<String, byte[]> values) {
      map.putAll(values);
      store.commit();
    }

    @Override
    public Optional<byte[]> get(String key) {
      return Optional.ofNullable(map.get(key));
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
