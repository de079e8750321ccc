package io.lanpo.engine.run.policy;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.engine.coldstart.RejectionSamplingResult;
import io.lanpo.engine.coldstart.SampledDemonstration;
import io.lanpo.engine.run.file.Json;
import io.lanpo.engine.run.file.JsonLinesWriter;
import io.lanpo.engine.run.file.LeftOvers;
import io.lanpo.libs.files.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cold-started policies by their {@link ColdStartKey}, with what they learned from. */
public final class ColdStartCache {
  private static final String DEMONSTRATIONS = "demonstrations.jsonl";

  private final Path folder;

  /**
   * @param folder where cold starts are kept
   */
  public ColdStartCache(Path folder) {
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
      Map<String, RejectionSamplingResult.Tally> ownAnswers,
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
  List<SampledDemonstration> demonstrations(String key) {
    return Json.lines(folder.resolve(key).resolve(DEMONSTRATIONS), SampledDemonstration.class);
  }

  /** Removes what processes left that were killed while they kept a policy. */
  public void removeLeftOvers() {
    LeftOvers.remove(folder);
  }

  /**
   * Keeps a policy; the entry appears whole or not at all. Another run may have made it meanwhile.
   *
   * @param own the policy's own answers that it learned from; may be empty
   */
  void put(String key, Policy policy, Entry entry, List<SampledDemonstration> own) {
    Path target = folder.resolve(key);
    try {
      Files.createDirectories(folder);
      Path temporary = LeftOvers.create(folder, key);
      try {
        policy.save(temporary.resolve("policy"));
        if (!own.isEmpty()) {
          try (JsonLinesWriter lines = JsonLinesWriter.open(temporary.resolve(DEMONSTRATIONS), 0)) {
            own.forEach(lines::append);
          }
        }
        Json.write(temporary.resolve("outcome.json"), entry);
        if (Files.notExists(target)) {
          Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        }
      } finally {
        FileTree.delete(temporary);
      }
    } catch (IOException e) {
      throw Json.cannotWrite(target, e);
    }
  }
}
