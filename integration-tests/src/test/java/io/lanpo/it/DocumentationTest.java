package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of the documentation without running it: {@link DocumentationIT} does that. */
final class DocumentationTest {
  private static final Path CHECKOUT = ProductOptions.home().getParent();

  /** Words of blocks that are read and not typed. */
  private static final Set<String> READ =
      Set.of("java", "json", "mermaid", "properties", "python", "text");

  /** A link within the checkout: file and heading, one of which may be missing. */
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

  private static final String TESTED = "tested by: ";

  /** The pages with commands. */
  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    pages.add(CHECKOUT.resolve("README.md"));
    pages.add(CHECKOUT.resolve("CONTRIBUTING.md"));
    try (Stream<Path> files = Files.list(CHECKOUT.resolve("docs"))) {
      files.filter(DocumentationTest::isPage).sorted().forEach(pages::add);
    }
    return pages;
  }

  /** All pages, with decisions, results and licences. */
  static List<Path> all() throws IOException {
    List<Path> pages = new ArrayList<>(pages().subList(0, 2));
    for (String folder : List.of("docs", "licences")) {
      try (Stream<Path> files = Files.walk(CHECKOUT.resolve(folder))) {
        files.filter(DocumentationTest::isPage).sorted().forEach(pages::add);
      }
    }
    return pages;
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyBlockSaysWhatItIs(Path page) throws IOException {
    for (CommandBlock block : CommandBlock.of(page)) {
      String at = block.at(block.line()) + ": ";
      assertTrue(
          block.isTyped() || READ.contains(block.language()),
          () -> at + "write sh, console or one of " + READ + " behind the fence");
      String mark = block.mark().orElse("needs: ");
      assertTrue(mark.startsWith("needs: ") || mark.startsWith(TESTED), at + mark);
      if (mark.startsWith(TESTED)) {
        String source = "src/test/java/io/lanpo/it/%s.java".formatted(mark.substring(11));
        assertTrue(Files.exists(Path.of(source)), at + "there is no " + source);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyLinkLeadsSomewhere(Path page) throws IOException {
    Matcher link = LINK.matcher(Files.readString(page));
    while (link.find()) {
      String to = link.group(1);
      Path target = to.isEmpty() ? page : page.resolveSibling(to).normalize();
      assertTrue(Files.exists(target), page + ": there is no " + to);
      if (link.group(2) != null && isPage(target)) {
        assertTrue(anchors(target).contains(link.group(2)), page + ": no " + link.group());
      }
    }
  }

  /** Headings of a page as links name them. */
  private static Set<String> anchors(Path page) throws IOException {
    Set<String> anchors = new TreeSet<>();
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("#")) {
        String heading = line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT);
        anchors.add(heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
      }
    }
    return anchors;
  }

  @Test
  void theListOfTheManualsHasThemAll() throws IOException {
    Path list = CHECKOUT.resolve("docs/README.md");
    Set<Path> linked = new TreeSet<>();
    Matcher link = LINK.matcher(Files.readString(list));
    while (link.find()) {
      linked.add(list.resolveSibling(link.group(1)).normalize());
    }
    Set<Path> missing = new TreeSet<>(pages());
    missing.removeAll(linked);
    missing.remove(list);
    assertEquals(Set.of(), missing);
  }
}
