package io.lanpo.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.apache.sling.feature.io.json.FeatureJSONReader;
import org.apache.sling.feature.osgi.Converters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.service.feature.Feature;

/** The features are what the standard says, for two readers that are not ours. */
final class StandardFeaturesTest {
  private static final Path FEATURES = Path.of("../../features");

  /**
   * Sling's own format spells extensions otherwise, so its reader refuses the one feature that has
   * some; Sling takes that one as the standard model.
   */
  private static final String WITH_EXTENSIONS = "framework.feature.json";

  static List<Path> files() throws IOException {
    try (Stream<Path> list = Files.list(FEATURES)) {
      return list.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void felixAndSlingReadTheSame(Path file) throws IOException {
    Feature felix = felix(file);
    org.apache.sling.feature.Feature sling =
        file.endsWith(WITH_EXTENSIONS)
            ? Converters.convert(felix)
            : FeatureJSONReader.read(new StringReader(Files.readString(file)), file.toString());
    assertEquals(felix.getID().toString(), sling.getId().toMvnId());
    assertEquals(felix.getDescription().orElseThrow(), sling.getDescription());
    assertEquals(
        felix.getBundles().stream()
            .map(b -> b.getID() + " at " + b.getMetadata().get("bundleStartLevel"))
            .toList(),
        sling.getBundles().stream()
            .map(b -> b.getId().toMvnId() + " at " + b.getMetadata().get("bundleStartLevel"))
            .toList());
    assertFalse(felix.getBundles().isEmpty() && felix.getExtensions().isEmpty());
  }

  @Test
  void frameworkPropertiesArriveInSling() throws IOException {
    Map<String, String> properties =
        Converters.convert(felix(FEATURES.resolve(WITH_EXTENSIONS))).getFrameworkProperties();
    assertEquals("49", properties.get("org.osgi.framework.startlevel.beginning"));
    assertEquals("${lanpo.deploy},${lanpo.configs}", properties.get("felix.fileinstall.dir"));
  }

  private static Feature felix(Path file) throws IOException {
    return new FeatureServiceImpl().readFeature(Files.newBufferedReader(file));
  }
}
