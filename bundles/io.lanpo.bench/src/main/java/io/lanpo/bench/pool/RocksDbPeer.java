package io.lanpo.bench.pool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB as it comes: write-ahead log on but not forced to the disk, blocks packed by Snappy. What
 * was logged is in the hands of the operating system, so it survives a crash of the process.
 */
final class RocksDbPeer implements PeerStore {
  @Override
  public String name() {
    return "rocksdb";
  }

  @Override
  public Values open(Path folder) throws IOException {
    RocksDB.loadLibrary();
    Options options = new Options().setCreateIfMissing(true);
    try {
      return new Opened(options, RocksDB.open(options, folder.toString()));
    } catch (RocksDBException e) {
      options.close();
      throw new IOException("RocksDB in " + folder, e);
    }
  }

  private record Opened(Options options, RocksDB db) implements Values {
    @Override
    public void put(Map<String, byte[]> values) throws IOException {
      try (WriteBatch batch = new WriteBatch();
          WriteOptions logged = new WriteOptions()) {
        for (Map.Entry<String, byte[]> value : values.entrySet()) {
          batch.put(bytes(value.getKey()), value.getValue());
        }
        db.write(logged, batch);
      } catch (RocksDBException e) {
        throw new IOException(e);
      }
    }

    @Override
    public Optional<byte[]> get(String key) throws IOException {
      try {
        return Optional.ofNullable(db.get(bytes(key)));
      } catch (RocksDBException e) {
        throw new IOException(e);
      }
    }

    private static byte[] bytes(String key) {
      return key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      db.close();
      options.close();
    }
  }
}
