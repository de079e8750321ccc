package io.lanpo.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What bundles say of their components (OSGi Compendium, chapter 112), read from the bundles: the
 * component runtime knows those only that have started, and configurations come first.
 */
final class DeclaredComponents {
  private static final Logger LOG = LoggerFactory.getLogger(DeclaredComponents.class);

  private final BundleContext context;

  /** The descriptions in a bundle, by what changes when it does. */
  private final Map<String, List<String>> read = new ConcurrentHashMap<>();

  DeclaredComponents(BundleContext context) {
    this.context = context;
  }

  /**
   * A component.
   *
   * @param name its own {@code lanpo.name}; empty when it has none
   * @param optional whether it is there without a configuration, too
   * @param kinds the interfaces that it serves
   */
  record Declared(String name, boolean optional, Set<String> kinds) {}

  /** The components that read a PID, of any bundle. */
  List<Declared> reading(String pid) {
    List<Bundle> bundles =
        Arrays.stream(context.getBundles())
            .filter(bundle -> bundle.getState() != Bundle.UNINSTALLED)
            .toList();
    // what was replaced is not asked about again
    read.keySet().retainAll(bundles.stream().map(DeclaredComponents::edition).toList());
    return bundles.stream()
        .flatMap(
            bundle ->
                read.computeIfAbsent(edition(bundle), id -> descriptions(bundle)).stream()
                    .flatMap(text -> reading(pid, text, bundle)))
        .toList();
  }

  private static String edition(Bundle bundle) {
    return bundle.getBundleId() + "@" + bundle.getLastModified();
  }

  private static List<String> descriptions(Bundle bundle) {
    String listed = bundle.getHeaders("").get(ComponentConstants.SERVICE_COMPONENT);
    if (listed == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (String each : listed.split(",", -1)) {
      String path = each.strip().replaceFirst(";.*", "");
      int slash = path.lastIndexOf('/');
      String folder = slash < 0 ? "/" : path.substring(0, slash);
      for (URL entry : entries(bundle, folder, path.substring(slash + 1))) {
        try (InputStream in = entry.openStream()) {
          texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
          LOG.info("{} of bundle {} cannot be read", entry, bundle.getSymbolicName(), e);
        }
      }
    }
    return texts;
  }

  /**
   * Files in a folder of a bundle; none when the bundle is gone, which it may be at any moment.
   *
   * @param names a pattern with {@code *}
   */
  static List<URL> entries(Bundle bundle, String folder, String names) {
    try {
      Enumeration<URL> found = bundle.findEntries(folder, names, false);
      return found == null ? List.of() : Collections.list(found);
    } catch (IllegalStateException | NullPointerException e) {
      // the framework looks for the content of a bundle that has just gone
      if (bundle.getState() != Bundle.UNINSTALLED) {
        throw e;
      }
      return List.of();
    }
  }

  private static Stream<Declared> reading(String pid, String description, Bundle bundle) {
    if (!description.contains(pid)) {
      return Stream.of();
    }
    List<Declared> found = new ArrayList<>();
    try {
      DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
      parsers.setNamespaceAware(true);
      parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      NodeList components =
          parsers
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(description)))
              .getElementsByTagNameNS("*", "component");
      for (int i = 0; i < components.getLength(); i++) {
        declared(pid, (Element) components.item(i)).ifPresent(found::add);
      }
    } catch (ParserConfigurationException | SAXException | IOException e) {
      // the component runtime will not take it either, and then the bundle is refused
      LOG.info("a component description of {} cannot be read", bundle.getSymbolicName(), e);
    }
    return found.stream();
  }

  private static Optional<Declared> declared(String pid, Element component) {
    String own = component.getAttribute("name");
    String pids = component.getAttribute("configuration-pid");
    boolean reads =
        pids.isBlank()
            ? own.equals(pid)
            : Stream.of(pids.strip().split("\\s+"))
                .anyMatch(p -> p.equals(pid) || (p.equals("$") && own.equals(pid)));
    if (!reads || component.getAttribute("configuration-policy").equals("ignore")) {
      return Optional.empty();
    }
    boolean optional = !component.getAttribute("configuration-policy").equals("require");
    NodeList properties = component.getElementsByTagNameNS("*", "property");
    NodeList plain = component.getElementsByTagName("property");
    String name = name(properties);
    Set<String> kinds = new HashSet<>(kinds(component.getElementsByTagNameNS("*", "provide")));
    kinds.addAll(kinds(component.getElementsByTagName("provide")));
    return Optional.of(new Declared(name.isEmpty() ? name(plain) : name, optional, kinds));
  }

  private static List<String> kinds(NodeList provided) {
    List<String> kinds = new ArrayList<>();
    for (int i = 0; i < provided.getLength(); i++) {
      kinds.add(((Element) provided.item(i)).getAttribute("interface"));
    }
    return kinds;
  }

  private static String name(NodeList properties) {
    for (int i = 0; i < properties.getLength(); i++) {
      Element property = (Element) properties.item(i);
      if (property.getAttribute("name").equals("lanpo.name")) {
        return property.getAttribute("value");
      }
    }
    return "";
  }
}
