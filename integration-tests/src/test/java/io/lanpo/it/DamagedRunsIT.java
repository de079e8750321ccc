package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.train.RunListener;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleContext;

/**
 * A run of a real policy as a kill leaves it in its fifth of six steps, with one of its files
 * damaged: it is refused with the file and a next step, or comes to the same bits. Pools have a
 * drill of their own; {@code RunDamageTest} does this to fakes at far more places.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(1800)
@Tag("full")
final class DamagedRunsIT {
  /** More of them by hand: {@code -Dlanpo.damage.scale=50}. */
  private static final int SCALE = Integer.getInteger("lanpo.damage.scale", 1);

  private static final int PAGE = 4096;

  @OsgiService TrainingService training;
  @OsgiService BundleContext context;

  /** Does something to a file. */
  private interface Harm {
    void to(Path file) throws IOException;
  }

  @Test
  void everyFileOfARunThatGoesOn() throws Exception {
    Killed killed = killed("killed", "0");
    Killed another = killed("others", "1");
    Files.move(another.whole(), another.run()); // a healthy one beside
    List<String> silent = new ArrayList<>();
    int refused = 0;
    int unchanged = 0;
    for (Path file : files(killed.copy())) {
      Path theirs = another.copy().resolve(file);
      for (Map.Entry<String, Harm> harm : harms(killed.copy().resolve(file), theirs).entrySet()) {
        String name = file + ", " + harm.getKey();
        copy(killed.copy(), killed.run());
        harm.getValue().to(killed.run().resolve(file));
        try {
          training.resume(killed.id(), progress -> {}).await();
          unchanged++;
          if (!outcome(killed.whole()).equals(outcome(killed.run()))) {
            silent.add(name);
          }
        } catch (UserException e) {
          refused++;
          String said = name + ": " + e.getMessage() + " - " + e.nextStep();
          assertTrue(
              said.contains(String.valueOf(file.getFileName())) || said.contains(another.id()),
              said);
          assertFalse(e.nextStep().isEmpty(), said);
        }
        assertTrue(
            training.runs().stream().anyMatch(r -> r.id().equals(another.id())),
            "others are listed");
        delete(killed.run());
      }
    }
    assertEquals(List.of(), silent, "silent differences");
    assertTrue(refused > 0 && unchanged > 0, refused + " refused, " + unchanged + " unchanged");
    delete(another.run());
  }

  /** What a refusal offers: the checkpoint before leads to the same bits. */
  @Test
  void aFlippedBitInTheWeightsAndTheCheckpointBefore() throws Exception {
    Killed killed = killed("flipped", "0");
    copy(killed.copy(), killed.run());
    Path weights = killed.run().resolve("checkpoints/step-000004/model.safetensors");
    flipped(Files.readAllBytes(weights), 7).to(weights);
    UserException e = refusal(killed.id(), "");
    assertTrue(
        String.valueOf(e.getMessage()).contains("step-000004/model.safetensors is not what"),
        e.getMessage());
    assertTrue(
        e.nextStep().endsWith("lanpo resume %s --checkpoint step-000002".formatted(killed.id())),
        e.nextStep());
    training.resume(killed.id(), "step-000002", progress -> {}).await();
    assertEquals(outcome(killed.whole()), outcome(killed.run()));
    delete(killed.run());
  }

  /**
   * A run.
   *
   * @param id its id
   * @param run its folder among the runs, which is not there
   * @param copy as a kill in its fifth step would have left it
   * @param whole its folder as it is when nobody disturbs it
   */
  private record Killed(String id, Path run, Path copy, Path whole) {}

  private Killed killed(String name, String seed) throws Exception {
    Path runs = Path.of(String.valueOf(context.getProperty("lanpo.runs")));
    Path kept = Files.createDirectories(runs.resolveSibling(name));
    RunListener copying = SmallRun.atStep(5, id -> copy(runs.resolve(id), kept.resolve("copy")));
    RunSummary run =
        SmallRun.run(
            training,
            copying,
            "steps",
            "6",
            "checkpoint.every",
            "2",
            "seed",
            seed,
            "staleness",
            "1",
            "evaluation.samples",
            "1");
    assertEquals(RunState.FINISHED, run.state(), run.message());
    Path whole = kept.resolve(run.id());
    Files.move(run.folder(), whole);
    return new Killed(run.id(), runs.resolve(run.id()), kept.resolve("copy"), whole);
  }

  /** What a run has come to, but for the time. */
  private static Map<String, String> outcome(Path run) throws IOException {
    RunFiles files = RunFiles.of(run);
    Map<String, String> outcome = new TreeMap<>();
    outcome.put("metrics", String.join("\n", files.metrics()));
    outcome.put("rollouts", String.join("\n", files.rollouts()));
    outcome.put("lessons", Files.readString(run.resolve("lessons.jsonl")));
    outcome.put("result", files.result().toString());
    outcome.put("weights", Arrays.toString(files.weights()));
    outcome.put(
        "moments",
        Arrays.toString(
            Files.readAllBytes(run.resolve("checkpoints/step-000006/optimizer.safetensors"))));
    return outcome;
  }

  private UserException refusal(String run, String checkpoint) throws InterruptedException {
    try {
      training.resume(run, checkpoint, progress -> {}).await();
    } catch (UserException e) {
      return e;
    }
    throw new AssertionError("it was not refused");
  }

  private static Map<String, Harm> harms(Path file, Path another) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Map<String, Harm> harms = new LinkedHashMap<>();
    for (int i = 0; i < SCALE; i++) {
      int at = (int) ((long) whole.length * (2 * i + 1) / (2L * SCALE));
      harms.put("cut off at " + at, f -> Files.write(f, Arrays.copyOf(whole, at)));
      harms.put("a page of zeros at " + at, filled(whole, at, (byte) 0));
      harms.put("a page of 0xFF at " + at, filled(whole, at, (byte) -1));
      harms.put("a bit, " + i, flipped(whole, file.hashCode() + i));
    }
    harms.put("empty", f -> Files.write(f, new byte[0]));
    harms.put("removed", Files::delete);
    harms.put("read-only", f -> f.toFile().setReadOnly());
    if (Files.isRegularFile(another)) {
      harms.put("that of another run", f -> Files.write(f, Files.readAllBytes(another)));
    }
    return harms;
  }

  private static Harm filled(byte[] whole, int at, byte with) {
    byte[] filled = whole.clone();
    int from = at / PAGE * PAGE;
    Arrays.fill(filled, from, Math.min(from + PAGE, filled.length), with);
    return file -> Files.write(file, filled);
  }

  private static Harm flipped(byte[] whole, long seed) {
    byte[] flipped = whole.clone();
    Random random = new Random(seed);
    if (whole.length > 0) {
      flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return file -> Files.write(file, flipped);
  }

  /** The files of a run, without the pool's. */
  private static List<Path> files(Path run) throws IOException {
    try (Stream<Path> all = Files.walk(run)) {
      return all.filter(Files::isRegularFile)
          .map(run::relativize)
          .filter(file -> !file.startsWith("pool"))
          .sorted()
          .toList();
    }
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(Files.isDirectory(file) ? target : target.getParent());
        if (Files.isRegularFile(file)) {
          Files.copy(file, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
