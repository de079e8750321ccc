package io.lanpo.engine.run;

import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.Policy;
import io.lanpo.engine.coldstart.ColdStart;
import io.lanpo.engine.config.ComponentKind;
import io.lanpo.engine.method.Randomness;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;

/**
 * Cold-started policies by the hash of everything they depend on: seed, settings of task, policy
 * and cold start, the contents of the bundles behind task and policy, and the code of the cold
 * start itself.
 */
final class ColdStartCache {
  private static final List<Class<?>> OWN_CODE = List.of(ColdStart.class, Randomness.class);
  private static final List<String> PREFIXES = List.of("task.", "policy.", "coldstart.");
  private static final List<String> KEYS = List.of("seed", "task", "policy");

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
   * @param cpuSeconds processor seconds it took
   */
  record Entry(int steps, Map<String, Double> exams, double cpuSeconds) {}

  /** The key of a cold start. */
  String key(Settings settings, PinnedComponents components) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      settings.asMap().entrySet().stream()
          .filter(
              e -> KEYS.contains(e.getKey()) || PREFIXES.stream().anyMatch(e.getKey()::startsWith))
          .map(e -> e.getKey() + "=" + e.getValue() + "\n")
          .sorted()
          .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
      for (ComponentKind kind : List.of(ComponentKind.TASK, ComponentKind.POLICY)) {
        digest(digest, components.pin(kind).bundle());
      }
      for (Class<?> own : OWN_CODE) {
        try (InputStream code = own.getResourceAsStream(own.getSimpleName() + ".class")) {
          digest.update(code == null ? new byte[0] : code.readAllBytes());
        }
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The cached policy's folder. */
  Path policy(String key) {
    return folder.resolve(key).resolve("policy");
  }

  /** What is known of a cached cold start; null when there is none. */
  @Nullable Entry entry(String key) {
    return Json.read(folder.resolve(key).resolve("outcome.json"), Entry.class);
  }

  /**
   * Keeps a policy; the entry appears whole or not at all. Another run may have made it meanwhile.
   */
  void put(String key, Policy policy, Entry entry) {
    Path target = folder.resolve(key);
    try {
      Files.createDirectories(folder);
      Path beside = Files.createTempDirectory(folder, key + ".");
      try {
        policy.save(beside.resolve("policy"));
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

  private static void digest(MessageDigest digest, Bundle bundle) throws IOException {
    var entries = bundle.findEntries("/", "*", true);
    TreeSet<String> paths = new TreeSet<>();
    if (entries != null) {
      Collections.list(entries).stream()
          .map(URL::getPath)
          .filter(p -> !p.endsWith("/") && !p.startsWith("/META-INF/"))
          .forEach(paths::add);
    }
    for (String path : paths) {
      URL entry = bundle.getEntry(path);
      if (entry != null) {
        try (InputStream in = entry.openStream()) {
          digest.update(path.getBytes(StandardCharsets.UTF_8));
          digest.update(in.readAllBytes());
        }
      }
    }
  }
}
