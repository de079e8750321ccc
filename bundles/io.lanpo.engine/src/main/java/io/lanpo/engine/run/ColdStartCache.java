package io.lanpo.engine.run;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.engine.method.Harvest;
import io.lanpo.engine.method.OwnAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cold-started policies by their {@link ColdStartKey}, with what they learned from. */
final class ColdStartCache {
  private static final String DEMONSTRATIONS = "demonstrations.jsonl";

  private final Path folder;

  /**
   * @param folder where cold starts are kept
   */
  ColdStartCache(Path folder) {
    this.folder = folder;
  }

  /**
   * {@code outcome.json} beside a cached policy.
   *
   * @param steps optimiser steps
   * @param exams share of items passed, by exam
   * @param ownAnswers completions sampled, right and kept, by kind; empty for demonstrations of the
   *     task
   * @param generatedTokens completion tokens sampled for them
   * @param cpuSeconds processor seconds it took
   */
  record Entry(
      int steps,
      Map<String, Double> exams,
      Map<String, Harvest.Tally> ownAnswers,
      long generatedTokens,
      double cpuSeconds) {}

  /** The cached policy's folder. */
  Path policy(String key) {
    return folder.resolve(key).resolve("policy");
  }

  /** What is known of a cached cold start; null when there is none. */
  @Nullable Entry entry(String key) {
    return Json.read(folder.resolve(key).resolve("outcome.json"), Entry.class);
  }

  /**
   * The policy's own answers that it learned from.
   *
   * @throws UserException when they are gone or damaged
   */
  List<OwnAnswer> demonstrations(String key) {
    return Json.lines(folder.resolve(key).resolve(DEMONSTRATIONS), OwnAnswer.class);
  }

  /**
   * Keeps a policy; the entry appears whole or not at all. Another run may have made it meanwhile.
   *
   * @param own the policy's own answers that it learned from; may be empty
   */
  void put(String key, Policy policy, Entry entry, List<OwnAnswer> own) {
    Path target = folder.resolve(key);
    try {
      Files.createDirectories(folder);
      Path beside = Files.createTempDirectory(folder, key + ".");
      try {
        policy.save(beside.resolve("policy"));
        if (!own.isEmpty()) {
          try (LineLog lines = LineLog.open(beside.resolve(DEMONSTRATIONS), 0)) {
            own.forEach(lines::append);
          }
        }
        Json.write(beside.resolve("outcome.json"), entry);
        if (Files.notExists(target)) {
          Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        }
      } finally {
        Folders.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw Json.cannotWrite(target, e);
    }
  }
}
