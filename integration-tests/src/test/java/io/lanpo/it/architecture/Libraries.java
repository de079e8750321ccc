package io.lanpo.it.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The libraries that the product ships, found in its jars: bundles of others, jars inside our
 * bundles, and content that a {@code bnd.bnd} takes out of a jar. Which artifact a jar is, and
 * under which licence, says Maven's local repository, where the build has it from.
 */
final class Libraries {
  /** {@code @NAME-*.jar!}: a bundle takes in the content of a jar, or a part of it. */
  private static final Pattern CONTENT = Pattern.compile("@([\\w.-]+-\\*\\.jar)!");

  /** Names of files with the text of a licence, or with what it asks to be told. */
  private static final Pattern TEXT =
      Pattern.compile("([\\w./-]*/)?(LICEN[SC]E|NOTICE|ThirdPartyNotices)(\\.txt|\\.md)?");

  private final Path repository;
  private final Map<Path, Long> jars = new HashMap<>();

  Libraries(Path repository) throws IOException {
    this.repository = repository;
    try (Stream<Path> walk = Files.walk(repository)) {
      for (Path jar : walk.filter(f -> f.toString().endsWith(".jar")).toList()) {
        jars.put(jar, Files.size(jar));
      }
    }
  }

  /**
   * A library.
   *
   * @param licence names of its licences
   * @param texts the files with their text, and notices, that the product ships within its jars
   */
  record Library(String licence, List<String> texts) {}

  /** What the product ships by {@code group:artifact}. */
  Map<String, Library> shipped(Path product, Path bundles) throws IOException {
    Map<String, Library> libraries = new TreeMap<>();
    List<Path> shipped;
    try (Stream<Path> walk = Files.walk(product)) {
      shipped = walk.filter(f -> f.toString().endsWith(".jar")).toList();
    }
    for (Path jar : shipped) {
      String name = jar.getFileName().toString();
      if (name.equals("launcher.jar")) {
        continue;
      }
      if (name.startsWith("io.lanpo.")) {
        addInside(jar, bundles, libraries);
      } else {
        Path library = same(Files.readAllBytes(jar), name);
        add(library, texts(library), libraries);
      }
    }
    return libraries;
  }

  private void addInside(Path bundle, Path bundles, Map<String, Library> libraries)
      throws IOException {
    try (JarFile jar = new JarFile(bundle.toFile())) {
      for (JarEntry entry : jar.stream().filter(e -> e.getName().endsWith(".jar")).toList()) {
        try (InputStream in = jar.getInputStream(entry)) {
          Path library = same(in.readAllBytes(), entry.getName());
          add(library, texts(library), libraries);
        }
      }
      String name = bundle.getFileName().toString().replaceAll("-\\d.*", "");
      Path instructions = bundles.resolve(name).resolve("bnd.bnd");
      if (Files.exists(instructions)) {
        Matcher m = CONTENT.matcher(Files.readString(instructions));
        while (m.find()) {
          Path library = source(m.group(1), jar);
          List<String> taken =
              texts(library).stream().filter(text -> jar.getEntry(text) != null).toList();
          add(library, taken, libraries);
        }
      }
    }
  }

  private static List<String> texts(Path library) throws IOException {
    try (JarFile jar = new JarFile(library.toFile())) {
      return jar.stream().map(JarEntry::getName).filter(n -> TEXT.matcher(n).matches()).toList();
    }
  }

  /** The artifact with exactly these bytes. */
  private Path same(byte[] bytes, String name) throws IOException {
    for (Map.Entry<Path, Long> jar : jars.entrySet()) {
      if (jar.getValue() == bytes.length
          && Arrays.equals(Files.readAllBytes(jar.getKey()), bytes)) {
        return jar.getKey();
      }
    }
    throw new AssertionError(name + " is in the product, but in no local repository");
  }

  /** The artifact of that name that has most files in common with a bundle. */
  private Path source(String pattern, JarFile bundle) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    Set<String> content = content(bundle);
    Path best = null;
    int most = 0;
    for (Path jar : jars.keySet()) {
      if (matcher.matches(jar.getFileName())) {
        int common = common(jar, content);
        if (common > most) {
          most = common;
          best = jar;
        }
      }
    }
    if (best == null) {
      throw new AssertionError("no " + pattern + " is the source of " + bundle.getName());
    }
    return best;
  }

  private static int common(Path library, Set<String> content) {
    try (JarFile jar = new JarFile(library.toFile())) {
      Set<String> common = content(jar);
      common.retainAll(content);
      return common.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Name, without folders, and checksum of every file in a jar. */
  private static Set<String> content(JarFile jar) {
    return jar.stream()
        .filter(e -> e.getSize() > 0)
        .map(e -> e.getName().replaceAll(".*/", "") + ' ' + e.getCrc())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private void add(Path jar, List<String> texts, Map<String, Library> libraries)
      throws IOException {
    Path version = jar.getParent();
    Path artifact = version.getParent();
    String group = repository.relativize(artifact.getParent()).toString().replace('/', '.');
    String name = artifact.getFileName().toString();
    libraries.put(
        group + ":" + name,
        new Library(licence(group, name, version.getFileName().toString()), texts));
  }

  /** What the POM of an artifact says, or the nearest of its parents that says something. */
  private String licence(String group, String artifact, String version) throws IOException {
    Path pom =
        repository.resolve(
            "%s/%s/%s/%2$s-%3$s.pom".formatted(group.replace('.', '/'), artifact, version));
    Element project = parse(pom).getDocumentElement();
    List<String> names = new ArrayList<>();
    for (Element licences : children(project, "licenses")) {
      for (Element licence : children(licences, "license")) {
        names.addAll(
            children(licence, "name").stream().map(n -> n.getTextContent().strip()).toList());
      }
    }
    if (!names.isEmpty()) {
      return names.stream().map(Libraries::usual).collect(Collectors.joining(" or "));
    }
    for (Element parent : children(project, "parent")) {
      return licence(text(parent, "groupId"), text(parent, "artifactId"), text(parent, "version"));
    }
    return "not stated in its POM";
  }

  /** The many spellings of the most frequent licence, as one. */
  private static String usual(String name) {
    String plain = name.replaceAll("\\s+", " ");
    return plain.matches("(?i).*apache.*2.*|ALv2") ? "Apache-2.0" : plain;
  }

  private static Document parse(Path pom) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException(pom + ": " + e.getMessage(), e);
    }
  }

  private static String text(Element parent, String name) {
    return children(parent, name).get(0).getTextContent().strip();
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
