package io.lanpo.policy.djl.generate;

import ai.djl.pytorch.jni.IValue;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.ScriptCall;

/**
 * Keys and values that sequences of a batch attend to, and which of them are whose.
 *
 * @param cache keys and values
 * @param sharing which sequence attends to which entry
 * @param list both as the script reads them
 */
record CacheLevel(PromptKvCache cache, PrefixSharing sharing, IValue list)
    implements AutoCloseable {

  static CacheLevel of(Network network, PromptKvCache cache, PrefixSharing sharing) {
    try (ScriptCall call = network.call("level")) {
      call.share(cache.values()).share(cache.mask());
      return new CacheLevel(
          cache, sharing, call.share(sharing.pad()).share(sharing.unpad()).keep());
    }
  }

  /** What is left of it when only some sequences stay. */
  CacheLevel keep(Network network, int[] sequences) {
    PrefixSharing.Kept kept = sharing.keep(sequences);
    return of(network, cache.select(kept.prompts()), kept.prefixes());
  }

  @Override
  public void close() {
    list.close();
    cache.close();
    sharing.close();
  }
}
