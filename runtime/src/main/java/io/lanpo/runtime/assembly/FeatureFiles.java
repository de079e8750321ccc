package io.lanpo.runtime.assembly;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.FeatureService;
import org.osgi.service.feature.ID;

/** Reads the OSGi feature files of a folder. */
final class FeatureFiles {
  private static final String SUFFIX = ".feature.json";

  private final FeatureService service = new FeatureServiceImpl();

  /**
   * All bundles of the features of the folder, feature by feature, in the order of the files.
   *
   * @param leftOut name of a feature that is passed over
   */
  List<ListedBundle> read(Path folder, String leftOut) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files =
          list.filter(f -> f.toString().endsWith(SUFFIX))
              .filter(f -> !f.endsWith(leftOut + SUFFIX))
              .sorted()
              .toList();
    }
    List<ListedBundle> bundles = new ArrayList<>();
    for (Path file : files) {
      for (FeatureBundle bundle : parse(file).getBundles()) {
        bundles.add(listed(bundle, file));
      }
    }
    return bundles;
  }

  private Feature parse(Path file) throws IOException {
    try (Reader in = Files.newBufferedReader(file)) {
      return service.readFeature(in);
    } catch (RuntimeException e) {
      throw new AssemblyException(file + " is not an OSGi feature file: " + e.getMessage(), e);
    }
  }

  private static ListedBundle listed(FeatureBundle bundle, Path file) {
    ID id = bundle.getID();
    String name = file.getFileName().toString();
    String feature = name.substring(0, name.length() - SUFFIX.length());
    if (!(bundle.getMetadata().get("start-level") instanceof Number level)) {
      throw new AssemblyException(file + ": " + id + " has no start-level (a number from 0 to 99)");
    }
    return new ListedBundle(
        new Coordinates(id.getGroupId(), id.getArtifactId(), id.getVersion()),
        feature,
        level.intValue(),
        "interactive".equals(bundle.getMetadata().get("mode")));
  }
}
