package io.lanpo.policy.djl.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {
  @TempDir Path folder;

  private Processor of(String text) throws IOException {
    return Processor.of(Files.writeString(folder.resolve("cpuinfo"), text));
  }

  @Test
  void theFirstOfManyCoresIsRead() throws IOException {
    Processor processor =
        of(
            "processor\t: 0\nmodel\t\t: 17\nmodel name\t: A 9 Core\nflags\t\t: fpu avx512_bf16 amx_bf16\n\n"
                + "processor\t: 1\nmodel name\t: B\nflags\t\t: fpu\n");
    assertEquals("A 9 Core", processor.name());
    assertEquals(List.of("avx512_bf16", "amx_bf16"), processor.halfInstructions());
    assertFalse(processor.lacksHalf());
    assertTrue(processor.hasAmx());
    assertFalse(of("flags\t\t: fpu avx512_bf16\n").hasAmx());
  }

  @Test
  void oneWithoutInstructionsForBf16IsKnown() throws IOException {
    Processor old = of("model name\t: Old\nflags\t\t: fpu avx2 avx512f\n");
    assertTrue(old.lacksHalf());
    assertTrue(old.halfWarning().orElseThrow().contains("f32 is faster"));
    assertTrue(of("flags\t\t: fpu amx_bf16\n").halfWarning().isEmpty());
  }

  @Test
  void armNamesThemFeatures() throws IOException {
    assertFalse(of("Features\t: fp asimd bf16\n").lacksHalf());
    assertTrue(of("Features\t: fp asimd\n").lacksHalf());
  }

  @Test
  void whatIsNotToldMayBeThere() throws IOException {
    assertFalse(of("").lacksHalf());
    assertFalse(Processor.of(folder.resolve("missing")).lacksHalf());
  }
}
