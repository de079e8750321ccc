package io.lanpo.dashboard.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files of the page, all in the bundle: it works without a network. */
final class StaticFiles {
  private static final String OWN = "/io/lanpo/dashboard/page/";

  /** As in the root pom; a test fails when it is not. */
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml");

  private static final List<String> NAMES =
      List.of(
          "style.css",
          "icon.svg",
          "app.js",
          "api.js",
          "axes.js",
          "bands.js",
          "charts.js",
          "diff.js",
          "dom.js",
          "keys.js",
          "save.js",
          "theme.js",
          "units.js",
          "views/runs.js",
          "views/run.js",
          "views/curves.js",
          "views/chooser.js",
          "views/compare.js",
          "views/experiment.js",
          "views/found.js",
          "views/overlay.js",
          "views/rollouts.js",
          "views/components.js",
          "views/pool.js",
          "views/lessons.js");

  private final Map<String, File> files = new LinkedHashMap<>();

  StaticFiles() {
    files.put("/", read(OWN + "index.html"));
    NAMES.forEach(name -> files.put("/" + name, read(OWN + name)));
    files.put("/uplot/uPlot.esm.js", read(UPLOT + "uPlot.esm.js"));
    files.put("/uplot/uPlot.min.css", read(UPLOT + "uPlot.min.css"));
  }

  /**
   * A file.
   *
   * @param type its media type
   */
  record File(String type, byte[] bytes) {}

  /** The file of a path; only those that are listed can be asked for. */
  Optional<File> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** The paths of all files. */
  Set<String> paths() {
    return Collections.unmodifiableSet(files.keySet());
  }

  private static File read(String resource) {
    try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the bundle lacks " + resource);
      }
      String suffix = resource.substring(resource.lastIndexOf('.') + 1);
      return new File(TYPES.getOrDefault(suffix, "text/plain"), in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
