package io.lanpo.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The assembly reads features as the build does, and refuses what no product can be made of. */
final class ProductPlanTest {
  @TempDir Path folder;
  private Path features;
  private final Map<Coordinates, Path> jars = new HashMap<>();

  @BeforeEach
  void twoBundles() throws IOException {
    features = Files.createDirectories(folder.resolve("features"));
    feature(
        "base",
        "{\"id\": \"g:one:1.0\", \"bundleStartLevel\": 3}",
        """
        "launch-framework": {"type": "artifacts", "artifacts": [{"id": "g:framework:7"}]},
        "framework-launching-properties": {
          "type": "json", "json": {"folder": "${lanpo.deploy}/x", "level": 49}
        }
        """);
    jars.put(new Coordinates("g", "framework", "7"), jar("framework", true));
    jars.put(new Coordinates("g", "one", "1.0"), jar("one", true));
  }

  @Test
  void everyBundleGoesToTheFolderOfItsLevelFeatureAndMode() throws IOException {
    feature(
        "train", "{\"id\": \"h:two:${two}\", \"bundleStartLevel\": 40, \"mode\": \"interactive\"}");
    jars.put(new Coordinates("h", "two", "2.0-SNAPSHOT"), jar("two", true));
    assertEquals(
        List.of(
            "bundles/03-base/one-1.0.jar",
            "bundles/40-train-interactive/two-2.0-SNAPSHOT.jar",
            "lib/framework-7.jar"),
        plan());
  }

  @Test
  void aFeatureThatIsNotChosenNeedsNoBundles() throws IOException {
    feature("bench", "{\"id\": \"h:two:2\", \"bundleStartLevel\": 4}");
    assertEquals(List.of("bundles/03-base/one-1.0.jar", "lib/framework-7.jar"), plan());
  }

  @Test
  void aBundleThatIsNotBuilt() throws IOException {
    jars.put(new Coordinates("g", "one", "1.0"), folder.resolve("gone.jar"));
    refuses(
        "features/base.feature.json lists g:one:1.0, but it is not built: "
            + folder.resolve("gone.jar")
            + " is missing");
  }

  @Test
  void aVersionThatTheBuildDoesNotKnow() throws IOException {
    feature("train", "{\"id\": \"h:two:${tow}\", \"bundleStartLevel\": 4}");
    refuses("train.feature.json: h:two:${tow} refers to no property of the build");
  }

  @Test
  void aJarThatIsNoBundle() throws IOException {
    jars.put(new Coordinates("g", "one", "1.0"), jar("plain", false));
    refuses("lists g:one:1.0, but its jar is not an OSGi bundle");
  }

  @Test
  void aBundleInTwoFeatures() throws IOException {
    feature("train", "{\"id\": \"g:one:1.0\", \"bundleStartLevel\": 4}");
    refuses(
        "features/train.feature.json lists g:one:1.0, which features/base.feature.json lists too");
  }

  @Test
  void aBundleWithoutStartLevel() throws IOException {
    feature("train", "{\"id\": \"h:two:2\"}");
    refuses("train.feature.json: h:two:2 has no bundleStartLevel (a number from 1 to 99)");
  }

  @Test
  void aStartLevelOutOfRange() throws IOException {
    feature("train", "{\"id\": \"h:two:2\", \"bundleStartLevel\": 100}");
    refuses("train.feature.json: h:two:2 has no bundleStartLevel (a number from 1 to 99)");
  }

  @Test
  void anExtensionThatNobodyWouldHeed() throws IOException {
    feature("train", "", "\"api-regions\": {\"type\": \"text\", \"text\": [\"x\"]}");
    refuses("train.feature.json: the extension api-regions is not known here");
  }

  @Test
  void aFrameworkPropertyInTwoFeatures() throws IOException {
    feature(
        "train",
        "",
        "\"framework-launching-properties\": {\"type\": \"json\", \"json\": {\"level\": 7}}");
    refuses("train.feature.json: another feature sets the framework property level too");
  }

  @Test
  void allProblemsAreNamedAtOnce() throws IOException {
    feature(
        "train",
        "{\"id\": \"h:two:2\", \"bundleStartLevel\": 4}, {\"id\": \"h:three:3\", \"bundleStartLevel\": 4}");
    refuses("h:two:2");
    refuses("h:three:3");
  }

  @Test
  void aProductIsWrittenOverAnother() throws IOException {
    Path product = folder.resolve("product");
    Path old = Files.createDirectories(product.resolve("bundles/03-base")).resolve("old.jar");
    Files.createFile(old);
    Path launcher = jar("launcher", false);
    assertEquals(List.of(), Assembly.features(product));
    Assembly.write(ProductPlan.of(features(), jars), launcher, product);
    assertTrue(Files.notExists(old));
    assertEquals(
        List.of(
            "built",
            "bundles/03-base/one-1.0.jar",
            "framework.properties",
            "lib/framework-7.jar",
            "lib/launcher.jar"),
        filesBelow(product));
    List<String> properties = Files.readAllLines(product.resolve("framework.properties"));
    assertTrue(properties.containsAll(List.of("folder=${lanpo.deploy}/x", "level=49")));
    assertEquals(List.of("base"), Assembly.features(product));
  }

  private static List<String> filesBelow(Path root) throws IOException {
    try (var walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile)
          .map(f -> root.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  private void refuses(String sentence) {
    AssemblyException e = assertThrows(AssemblyException.class, this::plan);
    assertTrue(String.valueOf(e.getMessage()).contains(sentence), e.getMessage());
  }

  private List<String> plan() throws IOException {
    return ProductPlan.of(features(), jars).files().values().stream().sorted().toList();
  }

  private Features features() throws IOException {
    return new FeatureFiles(name -> Optional.ofNullable(Map.of("two", "2.0-SNAPSHOT").get(name)))
        .read(features, List.of("base", "train"));
  }

  private void feature(String name, String bundles) throws IOException {
    feature(name, bundles, "");
  }

  private void feature(String name, String bundles, String extensions) throws IOException {
    Files.writeString(
        features.resolve(name + ".feature.json"),
        """
        {
          "id": "test:%s:1",
          // comments are allowed
          "bundles": [%s],
          "extensions": {%s}
        }
        """
            .formatted(name, bundles, extensions));
  }

  private Path jar(String name, boolean bundle) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (bundle) {
      manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
    }
    Path file = folder.resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(file)) {
      new JarOutputStream(out, manifest).close();
    }
    return file;
  }
}
