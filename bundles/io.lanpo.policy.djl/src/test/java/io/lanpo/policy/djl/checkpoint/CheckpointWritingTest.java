package io.lanpo.policy.djl.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import io.lanpo.api.component.UserException;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import io.lanpo.policy.djl.network.Network;
import io.lanpo.policy.djl.network.WeightInitializer;
import io.lanpo.policy.djl.train.OptimizerState;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is left on the disk when writing is cut short, a whole checkpoint is found there. */
class CheckpointWritingTest {
  @TempDir private Path folder;
  private Path checkpoint = Path.of("");
  private final Network network = new Network(TinyDecoders.llama(), Device.cpu(), 1);

  @BeforeEach
  void name() {
    checkpoint = folder.resolve("c");
  }

  @AfterEach
  void close() {
    network.close();
  }

  private Path beside(String ending) {
    return folder.resolve("c." + ending);
  }

  /** The version of the checkpoint that is found, after a look at its weights. */
  private long opened() {
    OptimizerState state = new OptimizerState(network);
    long version = new Checkpoint(network, state).read(Checkpoint.locate(checkpoint));
    float[] read = network.weights().toFloatArray();
    WeightInitializer.fill(network, version);
    assertArrayEquals(network.weights().toFloatArray(), read);
    return version;
  }

  private static List<Path> files(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.sorted().toList();
    }
  }

  private void assertNothingElseIsLeft() throws IOException {
    assertEquals(List.of(checkpoint), files(folder));
  }

  @Test
  void aCheckpointThatIsHalfWrittenIsPassedOver() throws IOException {
    SavingProcess.save(network, checkpoint, 1);
    SavingProcess.save(network, beside("writing"), 2);
    List<Path> files = files(beside("writing"));
    assertTrue(files.size() > 5);
    for (int i = files.size() - 1; i >= 0; i--) {
      byte[] whole = Files.readAllBytes(files.get(i));
      Files.write(files.get(i), Arrays.copyOf(whole, whole.length / 2));
      assertEquals(1, opened());
      Files.delete(files.get(i));
      assertEquals(1, opened());
    }
    SavingProcess.save(network, checkpoint, 3);
    assertEquals(3, opened());
    assertNothingElseIsLeft();
  }

  @Test
  void betweenTheTwoRenamesTheOlderOneIsFound() throws IOException {
    SavingProcess.save(network, beside("previous"), 1);
    SavingProcess.save(network, beside("writing"), 2);
    assertEquals(1, opened());
    SavingProcess.save(network, checkpoint, 3);
    assertEquals(3, opened());
    assertNothingElseIsLeft();
  }

  @Test
  void anOlderOneThatIsHalfRemovedIsPassedOver() throws IOException {
    SavingProcess.save(network, checkpoint, 2);
    SavingProcess.save(network, beside("previous"), 1);
    for (Path file : files(beside("previous"))) {
      Files.delete(file);
      assertEquals(2, opened());
    }
    SavingProcess.save(network, checkpoint, 3);
    assertEquals(3, opened());
    assertNothingElseIsLeft();
  }

  @Test
  void theOlderOneStaysUntilTheNewOneIsInPlace() throws IOException {
    SavingProcess.save(network, beside("previous"), 1);
    Files.createSymbolicLink(checkpoint, folder.resolve("nowhere")); // so that renaming fails
    assertThrows(UserException.class, () -> SavingProcess.save(network, checkpoint, 2));
    Files.delete(checkpoint);
    assertEquals(1, opened());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11})
  void aKilledProcessLeavesAWholeCheckpoint(int milliseconds) throws Exception {
    killed(milliseconds);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 24, 50})
  @Tag("full")
  void soItDoesAtOtherMoments(int milliseconds) throws Exception {
    killed(milliseconds);
  }

  private void killed(int milliseconds) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SavingProcess.class.getName(),
                checkpoint.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      for (int seen = 0; seen < 3; seen++) {
        line = out.readLine();
      }
      assertTrue(line != null && line.matches("\\d+"), () -> "the process ended early");
      long until = System.nanoTime() + milliseconds * 1_000_000L;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    long last = opened();
    assertTrue(last >= 3, () -> "found " + last);
    SavingProcess.save(network, checkpoint, last + 1);
    assertEquals(last + 1, opened());
    assertNothingElseIsLeft();
  }
}
