package io.lanpo.policy.djl.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** bf16 where oneDNN may use no instruction that knows it, as on an older processor. */
class LimitedProcessorTest {
  @Test
  void bf16WorksWithoutItsInstructions(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LimitedProcess.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "ONEDNN_MAX_CPU_ISA", "AVX2",
                "DNNL_MAX_CPU_ISA", "AVX2",
                "ATEN_CPU_CAPABILITY", "avx2"));
    int exit = builder.start().waitFor();
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertEquals(0, exit, () -> String.join("\n", lines));
    String last = lines.get(lines.size() - 1);
    double difference = Double.parseDouble(last.replace("differs by ", ""));
    assertTrue(difference > 0 && difference < .06, last);
    assertTrue(lines.contains("int8 false"), "sums of pairs in 16 bits are not exact");
  }
}
