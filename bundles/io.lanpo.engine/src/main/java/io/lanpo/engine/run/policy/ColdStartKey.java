package io.lanpo.engine.run.policy;

import io.lanpo.api.task.Problem;
import io.lanpo.engine.coldstart.ColdStart;
import io.lanpo.engine.coldstart.RejectionSampling;
import io.lanpo.engine.coldstart.SampledDemonstrations;
import io.lanpo.engine.coldstart.SupervisedTraining;
import io.lanpo.engine.config.ColdStartSettings;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.generate.Randomness;
import io.lanpo.engine.rollout.LessonPrompts;
import io.lanpo.engine.rollout.ZeroShotPrompts;
import io.lanpo.engine.run.components.BundleFingerprint;
import io.lanpo.engine.run.file.FileSum;
import io.lanpo.engine.run.preparation.PreparedRun;
import io.lanpo.engine.update.TaskDemonstrations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The hash of everything that a cold start depends on: seed, settings, the contents of the bundles
 * behind its components, and its own code. One from own answers also depends on the model, the
 * problems, the sampling, and the components that compose prompts and judge.
 */
final class ColdStartKey {
  private static final List<Class<?>> OWN_CODE =
      List.of(
          ColdStart.class, SupervisedTraining.class, TaskDemonstrations.class, Randomness.class);
  private static final List<Class<?>> CODE_OF_OWN_ANSWERS =
      List.of(
          RejectionSampling.class,
          SampledDemonstrations.class,
          LessonPrompts.class,
          ZeroShotPrompts.class);
  private static final List<String> PREFIXES = List.of("task.", "policy.", "coldstart.");
  private static final List<String> PREFIXES_OF_OWN_ANSWERS =
      List.of("sampling.", "feedback.", "lessons.", "distil.");
  private static final List<ComponentKind> KINDS =
      List.of(ComponentKind.TASK, ComponentKind.POLICY);
  private static final List<ComponentKind> KINDS_OF_OWN_ANSWERS =
      List.of(
          ComponentKind.VERIFIER,
          ComponentKind.REFLECTION,
          ComponentKind.ABSTRACTION,
          ComponentKind.SIMILARITY,
          ComponentKind.LESSONS);

  private final MessageDigest digest;

  private ColdStartKey(MessageDigest digest) {
    this.digest = digest;
  }

  /** The key of a run's cold start. */
  static String of(PreparedRun run) {
    try {
      MessageDigest digest = FileSum.digest();
      new ColdStartKey(digest).add(run);
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(PreparedRun run) throws IOException {
    boolean own = run.own().coldStart().source() == ColdStartSettings.Source.OWN_ANSWERS;
    List<ComponentKind> kinds = joined(KINDS, own ? KINDS_OF_OWN_ANSWERS : List.of());
    List<String> prefixes = joined(PREFIXES, own ? PREFIXES_OF_OWN_ANSWERS : List.of());
    List<String> keys = new ArrayList<>(List.of("seed"));
    kinds.forEach(kind -> keys.add(kind.key()));
    run.settings().asMap().entrySet().stream()
        .filter(
            e -> keys.contains(e.getKey()) || prefixes.stream().anyMatch(e.getKey()::startsWith))
        .map(e -> e.getKey() + "=" + e.getValue())
        .sorted()
        .forEach(this::text);
    for (ComponentKind kind : kinds) {
      BundleFingerprint.add(run.components().pin(kind).bundle(), digest);
    }
    for (Class<?> type : joined(OWN_CODE, own ? CODE_OF_OWN_ANSWERS : List.of())) {
      try (InputStream code = type.getResourceAsStream(type.getSimpleName() + ".class")) {
        digest.update(code == null ? new byte[0] : code.readAllBytes());
      }
    }
    if (own) {
      KINDS_OF_OWN_ANSWERS.forEach(
          kind -> text(run.components().pin(kind).properties().toString()));
      text("feedback " + run.parts().feedback().planner().givesFeedback());
      run.parts().task().training().forEach(this::problem);
      ModelFingerprint.add(Path.of(run.own().model()), digest);
    }
  }

  private void problem(Problem problem) {
    text(problem.question().id());
    text(problem.question().text());
    text(problem.key().text());
  }

  private void text(String line) {
    digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static <T> List<T> joined(List<T> first, List<T> more) {
    List<T> all = new ArrayList<>(first);
    all.addAll(more);
    return all;
  }
}
