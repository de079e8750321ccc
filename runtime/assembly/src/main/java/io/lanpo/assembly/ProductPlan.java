package io.lanpo.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * What a product consists of.
 *
 * @param files each file and its path in the product
 */
record ProductPlan(Features features, Map<Path, String> files) {
  /**
   * The plan for bundles whose files are known.
   *
   * @throws AssemblyException when the product cannot be made of these, with all reasons
   */
  static ProductPlan of(Features features, Map<Coordinates, Path> jars) throws IOException {
    List<String> problems = new ArrayList<>();
    Map<Path, String> files = new HashMap<>();
    Map<String, ListedBundle> known = new TreeMap<>();
    for (ListedBundle bundle : features.bundles()) {
      ListedBundle other = known.put(bundle.id().unversioned(), bundle);
      if (other != null) {
        problems.add(
            file(bundle) + " lists " + bundle.id() + ", which " + file(other) + " lists too");
        continue;
      }
      Path jar = jars.get(bundle.id());
      String problem = problem(jar);
      if (problem != null) {
        problems.add(file(bundle) + " lists " + bundle.id() + ", but " + problem);
      } else if (jar != null) {
        files.put(jar, bundle.folder() + '/' + bundle.id().fileName());
      }
    }
    if (!problems.isEmpty()) {
      throw new AssemblyException(
          "the product cannot be put together:\n  " + String.join("\n  ", problems));
    }
    return new ProductPlan(features, Map.copyOf(files));
  }

  private static @Nullable String problem(@Nullable Path jar) throws IOException {
    if (jar == null || !Files.isRegularFile(jar)) {
      return "it is not built: "
          + (jar == null ? "it has no file" : jar + " is missing")
          + "; mvn -q -Dmaven.test.skip package builds all";
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.getManifest() == null
          || file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName") == null) {
        return "its jar is not an OSGi bundle";
      }
    }
    return null;
  }

  private static String file(ListedBundle bundle) {
    return "features/" + bundle.feature() + ".feature.json";
  }
}
