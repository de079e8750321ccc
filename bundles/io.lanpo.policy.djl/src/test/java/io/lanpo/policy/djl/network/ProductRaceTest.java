package io.lanpo.policy.djl.network;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.model.DecoderShape;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That it runs for every kind of block; who wins depends on the machine. */
class ProductRaceTest {
  static Stream<DecoderShape> shapes() {
    return TinyDecoders.all().stream();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyDecoderCanBeTimed(DecoderShape shape) {
    assumeTrue(HalfPrecision.byOneDnn());
    try (ProductRace race = new ProductRace(shape, 1)) {
      double speedup = race.speedup();
      assertTrue(speedup > 0 && Double.isFinite(speedup), "speedup " + speedup);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void anotherDecoderIsAnotherMeasurement(DecoderShape shape) {
    assertNotEquals(ProductRace.matrices(TinyDecoders.manyTokens()), ProductRace.matrices(shape));
  }
}
