package io.lanpo.it.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.architecture.BuiltBundles.Built;
import java.util.ArrayList;
import java.util.List;
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
  private static final String LIBRARIES = "io.lanpo.libs";
  private static final String DJL = LIBRARIES + ".djl";
  private static final String TEMPLATE = LIBRARIES + ".template";
  private static final String TENSORBOARD = LIBRARIES + ".tensorboard";

  private final List<Built> bundles = BuiltBundles.bundles();

  /**
   * A folder of {@code bundles/} is a bundle of that name; the archetype makes projects instead.
   */
  @Test
  void everyFolderIsABundleOfItsName() {
    Set<String> folders = new TreeSet<>(BuiltBundles.folders());
    folders.remove("io.lanpo.example.archetype");
    Set<String> names = new TreeSet<>(bundles.stream().map(Built::name).toList());
    assertTrue(names.contains(API), names.toString());
    assertEquals(folders, names);
  }

  @Test
  void noBundleImportsASibling() {
    List<String> wrong = new ArrayList<>();
    for (Built bundle : bundles) {
      for (String imported : bundle.packages(Constants.IMPORT_PACKAGE)) {
        boolean below = within(imported, API) || within(imported, LIBRARIES);
        if (within(imported, "io.lanpo") && !within(imported, bundle.name()) && !below) {
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
  void onlyWireFormatsSeeProtocolBuffers() {
    assertEquals(
        List.of(),
        importersOutside("com.google.protobuf", Set.of(TENSORBOARD, "io.lanpo.policy.tinker")));
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
    for (Built bundle : bundles) {
      boolean floor0 = bundle.name().equals(API) || within(bundle.name(), LIBRARIES);
      assertEquals(
          floor0, !bundle.packages(Constants.EXPORT_PACKAGE).isEmpty(), bundle.name() + " exports");
    }
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
