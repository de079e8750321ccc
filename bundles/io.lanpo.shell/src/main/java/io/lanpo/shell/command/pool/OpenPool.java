package io.lanpo.shell.command.pool;

import io.lanpo.api.pool.ExperiencePool;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.shell.service.ServiceHandle;
import java.nio.file.Path;

/**
 * A pool that is open for looking.
 *
 * @param store the service that opened it
 * @param pool the pool
 * @param folder where it is
 */
record OpenPool(ServiceHandle<PoolStore> store, ExperiencePool pool, Path folder)
    implements AutoCloseable {
  @Override
  public void close() {
    try {
      pool.close();
    } finally {
      store.close();
    }
  }
}
