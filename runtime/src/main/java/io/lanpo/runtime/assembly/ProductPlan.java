package io.lanpo.runtime.assembly;

import io.lanpo.runtime.assembly.DeclaredBundles.Declared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The agreement of the two lists, features and {@code runtime/pom.xml}: which file goes to which
 * folder.
 */
final class ProductPlan {
  private ProductPlan() {}

  /**
   * Every file of the product and its path in it.
   *
   * @throws AssemblyException when the lists differ, with all differences
   */
  static Map<Path, String> of(List<ListedBundle> listed, Map<String, Declared> declared)
      throws IOException {
    List<String> problems = new ArrayList<>();
    Map<Path, String> files = new LinkedHashMap<>();
    Map<String, ListedBundle> known = new TreeMap<>();
    for (ListedBundle bundle : listed) {
      ListedBundle other = known.put(bundle.id().unversioned(), bundle);
      if (other != null) {
        problems.add(
            file(bundle) + " lists " + bundle.id() + ", which " + file(other) + " lists too");
        continue;
      }
      Declared resolved = declared.get(bundle.id().unversioned());
      String problem = problem(bundle, resolved);
      if (problem != null) {
        problems.add(file(bundle) + " lists " + bundle.id() + ", but " + problem);
      } else if (resolved != null) {
        files.put(resolved.jar(), bundle.folder() + '/' + fileName(bundle.id()));
      }
    }
    for (Declared resolved : declared.values()) {
      if (!known.containsKey(resolved.id().unversioned())) {
        problems.add("runtime/pom.xml declares " + resolved.id() + ", but no feature lists it");
      }
    }
    if (!problems.isEmpty()) {
      throw new AssemblyException(
          "features and runtime/pom.xml must agree on what the product consists of:\n  "
              + String.join("\n  ", problems));
    }
    return files;
  }

  private static @Nullable String problem(ListedBundle bundle, @Nullable Declared resolved)
      throws IOException {
    if (resolved == null) {
      return "runtime/pom.xml does not declare it";
    }
    if (!resolved.id().equals(bundle.id())) {
      return "runtime/pom.xml resolves it to version " + resolved.id().version();
    }
    if (!Files.isRegularFile(resolved.jar())) {
      return "its file " + resolved.jar() + " is missing";
    }
    if (bundle.startLevel() < 0 || bundle.startLevel() > 99) {
      return "its start-level " + bundle.startLevel() + " is not between 0 and 99";
    }
    try (JarFile jar = new JarFile(resolved.jar().toFile())) {
      if (jar.getManifest() == null
          || jar.getManifest().getMainAttributes().getValue("Bundle-SymbolicName") == null) {
        return "its jar is not an OSGi bundle";
      }
    }
    return null;
  }

  private static String file(ListedBundle bundle) {
    return "features/" + bundle.feature() + ".feature.json";
  }

  private static String fileName(Coordinates id) {
    return id.artifact() + '-' + id.version() + ".jar";
  }
}
