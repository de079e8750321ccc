package io.lanpo.it.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.it.architecture.BuiltBundles.Built;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The drawing in {@code docs/architecture.md} shows the bundles as they were built: what each
 * offers and which library it imports. Where it does not, the text to put there is written to
 * {@code target/architecture.mmd}.
 */
final class ArchitectureDrawingTest {
  private static final String API = "io.lanpo.api";
  private static final String LIBRARIES = "io.lanpo.libs.";

  /** Interfaces of these packages are what a run names by {@code lanpo.name}. */
  private static final Pattern COMPONENT =
      Pattern.compile(
          "io\\.lanpo\\.api\\.(task|policy|reward|feedback|similarity|objective|pool)\\.(\\w+)");

  private static final Pattern SERVICE = Pattern.compile("io\\.lanpo\\.api\\.\\w+\\.(\\w+)");

  private final List<Built> bundles = BuiltBundles.bundles();

  @Test
  void theDrawingShowsTheBundlesAsTheyAre() throws IOException {
    String page = Files.readString(BuiltBundles.root().resolve("docs/architecture.md"));
    Matcher drawn = Pattern.compile("(?s)```mermaid\\n(.*?)```").matcher(page);
    String now = drawing();
    Files.writeString(Path.of("target/architecture.mmd"), now);
    assertEquals(
        now,
        drawn.find() ? drawn.group(1) : "",
        "docs/architecture.md; see target/architecture.mmd");
  }

  private String drawing() {
    StringBuilder text = new StringBuilder("flowchart TB\n");
    floor(
        text,
        "people",
        "commands, pages and services",
        b -> !library(b) && !component(b) && !api(b));
    floor(text, "components", "components, each of which can be swapped", b -> component(b));
    floor(text, "libraries", "libraries", this::library);
    text.append("  api[\"io.lanpo.api\"]\n");
    text.append("  people --> api\n  components --> api\n");
    for (Built bundle : bundles) {
      for (String imported : new TreeSet<>(bundle.packages("Import-Package"))) {
        if (imported.startsWith(LIBRARIES) && !imported.startsWith(bundle.name())) {
          String arrow = "  %s --> %s\n".formatted(id(bundle.name()), id(imported));
          if (text.indexOf(arrow) < 0) {
            text.append(arrow);
          }
        }
      }
    }
    return text.toString();
  }

  private void floor(StringBuilder text, String id, String title, Predicate<Built> on) {
    text.append("  subgraph %s[\"%s\"]\n".formatted(id, title));
    for (Built bundle : bundles.stream().filter(on).toList()) {
      String offers =
          offered(bundle, component(bundle) ? COMPONENT : SERVICE).stream()
              .collect(Collectors.joining(", "));
      text.append(
          "    %s[\"%s%s\"]\n"
              .formatted(
                  id(bundle.name()),
                  bundle.name().replaceFirst("io\\.lanpo\\.(libs\\.)?", ""),
                  offers.isEmpty() ? "" : "<br>" + offers));
    }
    text.append("  end\n");
  }

  private static boolean api(Built bundle) {
    return bundle.name().equals(API);
  }

  private boolean library(Built bundle) {
    return bundle.name().startsWith(LIBRARIES);
  }

  private static boolean component(Built bundle) {
    return !offered(bundle, COMPONENT).isEmpty();
  }

  /** Simple names of the services that a bundle offers, from its capabilities. */
  private static TreeSet<String> offered(Built bundle, Pattern kind) {
    String capabilities = bundle.manifest().getValue("Provide-Capability");
    Matcher found = kind.matcher(capabilities == null ? "" : capabilities);
    TreeSet<String> names = new TreeSet<>();
    while (found.find()) {
      names.add(found.group(found.groupCount()));
    }
    return names;
  }

  private static String id(String name) {
    return name.replace("io.lanpo.", "").replace('.', '_');
  }
}
