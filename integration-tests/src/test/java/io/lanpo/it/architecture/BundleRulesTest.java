package io.lanpo.it.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.architecture.BuiltBundles.Built;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

/**
 * What the manifests promise: everything imports the API, some a library of floor 0, nothing
 * imports a sibling.
 */
final class BundleRulesTest {
  private static final String API = "io.lanpo.api";
  private static final String DJL = "io.lanpo.libs.djl";
  private static final String FILES = "io.lanpo.libs.files";
  private static final String HTTP = "io.lanpo.libs.http";
  private static final String JINJA = "io.lanpo.libs.jinja";
  private static final String STATISTICS = "io.lanpo.libs.statistics";
  private static final String TENSORBOARD = "io.lanpo.libs.tensorboard";
  private static final String TEMPLATE = "io.lanpo.libs.template";
  private static final String THREADS = "io.lanpo.libs.threads";

  /** The library bundles of floor 0 that every bundle may import. */
  private static final Set<String> FOR_ALL = Set.of(FILES, THREADS);

  /** The others and who may import them. */
  private static final Map<String, Set<String>> LIBRARIES =
      Map.of(
          DJL,
          Set.of("io.lanpo.policy.djl", "io.lanpo.tokenizer"),
          HTTP,
          Set.of("io.lanpo.policy.openai", "io.lanpo.policy.tinker"),
          JINJA,
          Set.of("io.lanpo.tokenizer"),
          STATISTICS,
          Set.of("io.lanpo.engine"),
          TENSORBOARD,
          Set.of("io.lanpo.engine"),
          TEMPLATE,
          Set.of(
              "io.lanpo.abstraction",
              "io.lanpo.reflection",
              "io.lanpo.similarity",
              "io.lanpo.tasks"));

  private final List<Built> bundles = BuiltBundles.bundles();

  @Test
  void theWholeHouseIsLookedAt() {
    Set<String> names = new TreeSet<>(bundles.stream().map(Built::name).toList());
    assertTrue(
        names.containsAll(
            Set.of(
                API,
                DJL,
                FILES,
                JINJA,
                STATISTICS,
                TEMPLATE,
                TENSORBOARD,
                THREADS,
                "io.lanpo.abstraction",
                "io.lanpo.dashboard",
                "io.lanpo.engine",
                "io.lanpo.experiment",
                "io.lanpo.example.samples",
                "io.lanpo.example.strategy",
                "io.lanpo.policy.djl",
                HTTP,
                "io.lanpo.policy.openai",
                "io.lanpo.policy.tinker",
                "io.lanpo.pool.bench",
                "io.lanpo.pool.chronicle",
                "io.lanpo.reflection",
                "io.lanpo.shell",
                "io.lanpo.similarity",
                "io.lanpo.similarity.minilm",
                "io.lanpo.tasks",
                "io.lanpo.tokenizer",
                "io.lanpo.verifier.code",
                "io.lanpo.verifier.composite",
                "io.lanpo.verifier.exact",
                "io.lanpo.verifier.math")),
        names.toString());
  }

  @Test
  void noBundleImportsASibling() {
    List<String> wrong = new ArrayList<>();
    for (Built bundle : bundles) {
      for (String imported : bundle.packages(Constants.IMPORT_PACKAGE)) {
        boolean own = within(imported, bundle.name());
        boolean api = within(imported, API);
        boolean library =
            FOR_ALL.contains(imported)
                || LIBRARIES.entrySet().stream()
                    .anyMatch(
                        l -> within(imported, l.getKey()) && l.getValue().contains(bundle.name()));
        if (within(imported, "io.lanpo") && !own && !api && !library) {
          wrong.add(bundle.name() + " imports " + imported);
        }
      }
      if (bundle.manifest().getValue(Constants.REQUIRE_BUNDLE) != null) {
        wrong.add(
            bundle.name() + " requires " + bundle.manifest().getValue(Constants.REQUIRE_BUNDLE));
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void onlyTheBackendAndTheTokenizersSeeDjl() {
    assertEquals(
        List.of(),
        importersOutside("ai.djl", Set.of(DJL, "io.lanpo.policy.djl", "io.lanpo.tokenizer")));
  }

  @Test
  void onlyTheTemplatesSeeMustache() {
    assertEquals(List.of(), importersOutside("com.samskivert.mustache", Set.of(TEMPLATE)));
  }

  @Test
  void jinjavaStaysInside() {
    assertEquals(List.of(), importersOutside("com.hubspot", Set.of(JINJA)));
    assertEquals(List.of(), importersOutside("jinjava", Set.of(JINJA)));
    Built jinja = bundles.stream().filter(b -> b.name().equals(JINJA)).findFirst().orElseThrow();
    assertEquals(List.of(JINJA), List.copyOf(jinja.packages(Constants.EXPORT_PACKAGE)));
  }

  @Test
  void onlyWireFormatsSeeProtocolBuffers() {
    assertEquals(
        List.of(),
        importersOutside(
            "com.google.protobuf", Set.of(TENSORBOARD, "io.lanpo.policy.tinker")));
  }

  @Test
  void onlyThePoolSeesChronicle() {
    assertEquals(List.of(), importersOutside("net.openhft", Set.of("io.lanpo.pool.chronicle")));
    List<String> embedding =
        bundles.stream()
            .filter(
                b ->
                    String.valueOf(b.manifest().getValue(Constants.BUNDLE_CLASSPATH))
                        .contains("chronicle"))
            .map(Built::name)
            .toList();
    assertEquals(List.of("io.lanpo.pool.chronicle"), embedding);
  }

  @Test
  void onlyTheEmbeddingsSeeOnnxRuntime() {
    String minilm = "io.lanpo.similarity.minilm";
    assertEquals(List.of(), importersOutside("ai.onnxruntime", Set.of(minilm)));
    List<String> embedding =
        bundles.stream()
            .filter(b -> b.classes().stream().anyMatch(c -> within(c, "ai.onnxruntime")))
            .map(Built::name)
            .toList();
    assertEquals(List.of(minilm), embedding);
  }

  @Test
  void onlyTheEmbeddingsSeeLucene() {
    assertEquals(List.of(), importersOutside("org.apache.lucene", Set.of()));
    List<String> embedding =
        bundles.stream()
            .filter(b -> b.classes().stream().anyMatch(c -> within(c, "org.apache.lucene")))
            .map(Built::name)
            .toList();
    assertEquals(List.of("io.lanpo.similarity.minilm"), embedding);
  }

  @Test
  void onlyThePageSeesTheWebServer() {
    assertEquals(List.of(), importersOutside("jakarta.servlet", Set.of("io.lanpo.dashboard")));
    assertEquals(List.of(), importersOutside("javax.servlet", Set.of()));
  }

  @Test
  void theApiDependsOnNothing() {
    Built api = bundles.stream().filter(b -> b.name().equals(API)).findFirst().orElseThrow();
    List<String> foreign =
        api.packages(Constants.IMPORT_PACKAGE).stream()
            .filter(p -> !within(p, API) && !p.startsWith("org.osgi."))
            .toList();
    assertEquals(List.of(), foreign);
  }

  @Test
  void onlyTheApiAndTheLibrariesExport() {
    List<String> exporting =
        bundles.stream()
            .filter(b -> !b.packages(Constants.EXPORT_PACKAGE).isEmpty())
            .map(Built::name)
            .toList();
    assertEquals(
        List.of(API, DJL, FILES, HTTP, JINJA, STATISTICS, TEMPLATE, TENSORBOARD, THREADS),
        exporting);
  }

  @Test
  void packagesStartWithTheNameOfTheirBundle() {
    List<String> wrong = new ArrayList<>();
    for (Built bundle : bundles) {
      for (String name : bundle.classes()) {
        if (name.startsWith("io.lanpo.") && !within(name, bundle.name())) {
          wrong.add(name + " in " + bundle.name());
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void noBundleIsACatchAll() {
    List<String> wrong =
        bundles.stream()
            .map(Built::name)
            .filter(n -> n.matches(".*\\.(core|common|util|utils|config)"))
            .toList();
    assertEquals(List.of(), wrong);
  }

  private List<String> importersOutside(String prefix, Set<String> allowed) {
    return bundles.stream()
        .filter(b -> !allowed.contains(b.name()))
        .filter(b -> b.packages(Constants.IMPORT_PACKAGE).stream().anyMatch(p -> within(p, prefix)))
        .map(Built::name)
        .toList();
  }

  private static boolean within(String name, String parent) {
    return name.equals(parent) || name.startsWith(parent + ".");
  }
}
