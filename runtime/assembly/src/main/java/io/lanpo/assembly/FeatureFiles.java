package io.lanpo.assembly;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.felix.feature.impl.FeatureServiceImpl;
import org.osgi.service.feature.Feature;
import org.osgi.service.feature.FeatureBundle;
import org.osgi.service.feature.FeatureExtension;
import org.osgi.service.feature.FeatureService;
import org.osgi.service.feature.ID;

/**
 * Reads the feature files of a folder: OSGi Compendium 8, chapters 159 (Feature Service) and 160
 * (Feature Launcher).
 */
final class FeatureFiles {
  private static final String SUFFIX = ".feature.json";
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([\\w.]+)}");

  // the keys that the Feature Launcher Specification defines
  private static final String START_LEVEL = "bundleStartLevel";
  private static final String FRAMEWORK = "launch-framework";
  private static final String PROPERTIES = "framework-launching-properties";

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
   * The features of a folder, in the order of the files.
   *
   * @param chosen names of the features to read besides the one with the framework; all if there
   *     are none
   */
  Features read(Path folder, List<String> chosen) throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList();
    }
    List<String> names = new ArrayList<>();
    List<ListedBundle> bundles = new ArrayList<>();
    Map<String, String> launchProperties = new TreeMap<>();
    for (Path file : files) {
      Feature feature = parse(file);
      boolean always = feature.getExtensions().containsKey(FRAMEWORK);
      if (!always && !chosen.isEmpty() && !chosen.contains(name(file))) {
        continue;
      }
      names.add(name(file));
      for (FeatureBundle bundle : feature.getBundles()) {
        bundles.add(listed(bundle, file));
      }
      for (FeatureExtension extension : feature.getExtensions().values()) {
        switch (extension.getName()) {
          case FRAMEWORK -> bundles.addAll(framework(extension, file));
          case PROPERTIES -> addProperties(extension, file, launchProperties);
          default ->
              throw new AssemblyException(
                  file + ": the extension " + extension.getName() + " is not known here");
        }
      }
      if (!feature.getConfigurations().isEmpty()) {
        throw new AssemblyException(
            file + " has configurations; those of the product are the files of configs/");
      }
    }
    return new Features(names, bundles, launchProperties);
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

  private static List<ListedBundle> framework(FeatureExtension extension, Path file) {
    return extension.getArtifacts().stream()
        .map(a -> new ListedBundle(coordinates(a.getID(), file), name(file), 0, false))
        .toList();
  }

  private static void addProperties(
      FeatureExtension extension, Path file, Map<String, String> launchProperties) {
    JsonObject json;
    try (JsonReader reader = Json.createReader(new StringReader(extension.getJSON()))) {
      json = reader.readObject();
    }
    for (Map.Entry<String, JsonValue> entry : json.entrySet()) {
      if (entry.getValue() instanceof JsonStructure) {
        throw new AssemblyException(
            file + ": the framework property " + entry.getKey() + " is neither text nor a number");
      }
      String value =
          entry.getValue() instanceof JsonString s ? s.getString() : entry.getValue().toString();
      if (launchProperties.put(entry.getKey(), value) != null) {
        throw new AssemblyException(
            file + ": another feature sets the framework property " + entry.getKey() + " too");
      }
    }
  }

  private static ListedBundle listed(FeatureBundle bundle, Path file) {
    Coordinates id = coordinates(bundle.getID(), file);
    if (!(bundle.getMetadata().get(START_LEVEL) instanceof Number level)
        || level.intValue() < 1
        || level.intValue() > 99) {
      throw new AssemblyException(
          file + ": " + id + " has no " + START_LEVEL + " (a number from 1 to 99)");
    }
    return new ListedBundle(
        id, name(file), level.intValue(), "interactive".equals(bundle.getMetadata().get("mode")));
  }

  private static Coordinates coordinates(ID id, Path file) {
    if (REFERENCE.matcher(id.toString()).find()) {
      throw new AssemblyException(file + ": " + id + " refers to no property of the build");
    }
    return new Coordinates(id.getGroupId(), id.getArtifactId(), id.getVersion());
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
