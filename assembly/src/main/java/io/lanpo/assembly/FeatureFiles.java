package io.lanpo.assembly;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.FeatureService;
import org.osgi.service.feature.ID;

/** Reads the OSGi feature files of a folder. */
final class FeatureFiles {
  private static final String SUFFIX = ".feature.json";
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([\\w.]+)}");

  private final FeatureService service = new FeatureServiceImpl();
  private final Function<String, Optional<String>> properties;

  /**
   * Features whose versions are properties of the build.
   *
   * @param properties the value of {@code ${name}}, if the build has it
   */
  FeatureFiles(Function<String, Optional<String>> properties) {
    this.properties = properties;
  }

  /**
   * All bundles of the features of a folder, feature by feature, in the order of the files.
   *
   * @param chosen names of the features to read; all if there are none
   */
  List<ListedBundle> read(Path folder, List<String> chosen) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files =
          list.filter(f -> f.toString().endsWith(SUFFIX))
              .filter(f -> chosen.isEmpty() || chosen.contains(name(f)))
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
    try {
      return service.readFeature(new StringReader(resolved(Files.readString(file))));
    } catch (RuntimeException e) {
      throw new AssemblyException(file + " is not an OSGi feature file: " + e.getMessage(), e);
    }
  }

  /** What the build does not know is left for the launch. */
  private String resolved(String text) {
    Matcher m = REFERENCE.matcher(text);
    return m.replaceAll(
        r -> Matcher.quoteReplacement(properties.apply(r.group(1)).orElse(r.group())));
  }

  private static ListedBundle listed(FeatureBundle bundle, Path file) {
    ID id = bundle.getID();
    if (REFERENCE.matcher(id.toString()).find()) {
      throw new AssemblyException(file + ": " + id + " refers to no property of the build");
    }
    if (!(bundle.getMetadata().get("start-level") instanceof Number level)) {
      throw new AssemblyException(file + ": " + id + " has no start-level (a number from 0 to 99)");
    }
    return new ListedBundle(
        new Coordinates(id.getGroupId(), id.getArtifactId(), id.getVersion()),
        name(file),
        level.intValue(),
        "interactive".equals(bundle.getMetadata().get("mode")));
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
