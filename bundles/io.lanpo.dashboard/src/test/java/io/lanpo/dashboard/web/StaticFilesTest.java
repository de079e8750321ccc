package io.lanpo.dashboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StaticFilesTest {
  private static final Pattern REFERENCE =
      Pattern.compile("(?:from|import|href=|src=)\\s*['\"](/[\\w./]+)['\"]");

  private final StaticFiles files = new StaticFiles();

  @Test
  void whateverAFileRefersToIsThere() {
    int references = 0;
    for (String path : files.paths()) {
      Matcher m = REFERENCE.matcher(text(path));
      while (m.find()) {
        references++;
        assertTrue(files.file(m.group(1)).isPresent(), path + " refers to " + m.group(1));
      }
    }
    assertTrue(references > 40, references + " references");
  }

  @Test
  void nothingComesFromElsewhere() {
    for (String path : files.paths()) {
      if (path.startsWith("/uplot/") || path.endsWith(".svg")) {
        continue;
      }
      assertEquals(List.of(), text(path).lines().filter(l -> l.contains("://")).toList(), path);
    }
  }

  /** What a policy wrote must not become markup. */
  @Test
  void noFileOfThePageWritesMarkup() {
    for (String path : files.paths()) {
      if (path.startsWith("/uplot/")) {
        continue;
      }
      String script = text(path);
      for (String sink :
          List.of("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")) {
        assertTrue(!script.contains(sink), path + " uses " + sink);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/run.json", "/../pom.xml", "/io/lanpo", "//", "/views/", "/index.html/x"})
  void onlyWhatIsListedCanBeAskedFor(String path) {
    assertTrue(files.file(path).isEmpty());
  }

  private String text(String path) {
    return new String(files.file(path).orElseThrow().bytes(), UTF_8);
  }
}
