package io.lanpo.bench.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeerStoresTest {
  @TempDir Path folder;

  static Stream<PeerStore> peers() {
    return Stream.of(new RocksDbPeer(), new MvStorePeer());
  }

  @ParameterizedTest
  @MethodSource("peers")
  void keepWhatWasPut(PeerStore peer) throws Exception {
    byte[] value = "välue".getBytes(StandardCharsets.UTF_8);
    try (PeerStore.Values values = peer.open(folder)) {
      values.put(Map.of("a", value, "b", new byte[4096]));
      assertArrayEquals(value, values.get("a").orElseThrow());
    }
    try (PeerStore.Values values = peer.open(folder)) {
      assertArrayEquals(value, values.get("a").orElseThrow());
      assertEquals(4096, values.get("b").orElseThrow().length);
      assertEquals(Optional.empty(), values.get("c"));
    }
    assertTrue(peer.name().matches("[a-z]+"));
  }
}
