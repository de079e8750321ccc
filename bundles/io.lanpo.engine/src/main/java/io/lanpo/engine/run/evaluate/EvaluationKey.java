package io.lanpo.engine.run.evaluate;

import io.lanpo.api.component.Setting;
import io.lanpo.api.pool.PoolStats;
import io.lanpo.api.task.Problem;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.config.MetricsSettings;
import io.lanpo.engine.run.file.FileSum;
import io.lanpo.engine.run.file.Json;
import io.lanpo.engine.run.policy.ModelFingerprint;
import io.lanpo.engine.run.preparation.PreparedRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The hash of everything that the answers of an evaluation depend on: policy, problems with their
 * keys, settings, components as they were built, sampling, the size of the pool. Modes are not part
 * of it, as they do not depend on each other.
 *
 * @param run task, pool, settings, components
 * @param request samples and seed
 */
record EvaluationKey(PreparedRun run, EvaluationRequest request) {

  /**
   * The key.
   *
   * @param asked the problems that are asked
   * @param policy the policy's folder; null for the policy before the first step
   * @param coldStart the key of its cold start
   */
  String of(List<Problem> asked, @Nullable Path policy, String coldStart) {
    try {
      MessageDigest digest = FileSum.digest();
      add(digest, "evaluation 2");
      if (policy == null) {
        add(digest, "cold start " + coldStart + " of " + run.own().model());
      } else {
        ModelFingerprint.add(policy, digest);
      }
      for (Problem problem : asked) {
        add(digest, problem.question().id());
        add(digest, problem.question().text());
        add(digest, problem.key().text());
      }
      Map<String, String> settings = new TreeMap<>(run.settings().asMap());
      settings.keySet().removeAll(MetricsSettings.KEYS);
      settings.forEach((key, value) -> add(digest, key + "=" + value));
      new TreeMap<>(run.components().describe())
          .forEach(
              (kind, c) ->
                  add(
                      digest,
                      "%s %s %s %s"
                          .formatted(kind, c.name(), c.build(), new TreeMap<>(c.properties()))));
      if (run.components().has(ComponentKind.TEXT)) {
        ModelFingerprint.add(Path.of(run.own().text().model()), digest);
      }
      PoolStats pool = run.parts().pool().stats();
      add(
          digest,
          "%s %d %d %d %d"
              .formatted(
                  Setting.word(request.part()),
                  request.samples(),
                  request.seed(),
                  pool.experiences(),
                  pool.lessons()));
      return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    } catch (IOException e) {
      throw Json.cannotRead(policy == null ? run.folder().path() : policy, e);
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update((text + "\u0000").getBytes(StandardCharsets.UTF_8));
  }
}
