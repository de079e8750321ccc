package io.lanpo.deploy;

import io.lanpo.api.component.ComponentFile;
import io.lanpo.api.component.Setting;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.metatype.AD;
import org.apache.felix.metatype.Designate;
import org.apache.felix.metatype.MetaData;
import org.apache.felix.metatype.MetaDataReader;
import org.apache.felix.metatype.OCD;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.AttributeDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What components declare of their configuration files: the metatype resources (OSGi Compendium,
 * chapter 105) that bnd writes from {@code @ObjectClassDefinition}. The annotation is the only
 * place where an option's type, range, default and meaning are said; checks and documentation read
 * it here.
 */
record DeclaredOptions(BundleContext context) {
  private static final Logger LOG = LoggerFactory.getLogger(DeclaredOptions.class);

  /** The files that components of any bundle read, by name. */
  List<ComponentFile> all() {
    return Arrays.stream(context.getBundles())
        .filter(Diagnosis::usesTheApi)
        .flatMap(bundle -> designated(bundle).stream())
        .map(Designated::file)
        .sorted(Comparator.comparing(ComponentFile::name))
        .toList();
  }

  /** The PIDs of those files, also of bundles that are not started. */
  List<String> pids() {
    return Arrays.stream(context.getBundles())
        .filter(Diagnosis::usesTheApi)
        .flatMap(bundle -> designated(bundle).stream())
        .map(Designated::pid)
        .toList();
  }

  /** The file of a bundle's component, by its PID without an instance. */
  Optional<ComponentFile> of(Bundle bundle, String pid) {
    return designated(bundle).stream()
        .filter(d -> d.pid().equals(pid))
        .map(Designated::file)
        .findFirst();
  }

  private record Designated(String pid, ComponentFile file) {}

  private static List<Designated> designated(Bundle bundle) {
    List<Designated> all = new ArrayList<>();
    for (URL resource : DeclaredComponents.entries(bundle, "OSGI-INF/metatype", "*.xml")) {
      try {
        MetaData data = new MetaDataReader().parse(resource);
        for (Object each : orNone(data.getDesignates())) {
          Designate designate = (Designate) each;
          Object definition =
              data.getObjectClassDefinitions().get(designate.getObject().getOcdRef());
          boolean factory =
              designate.getFactoryPid() != null && !designate.getFactoryPid().isEmpty();
          String pid = factory ? designate.getFactoryPid() : designate.getPid();
          if (definition instanceof OCD options) {
            all.add(
                new Designated(
                    pid, file(pid + (factory ? "~NAME" : "") + ConfigurationName.SUFFIX, options)));
          }
        }
      } catch (IOException e) {
        LOG.warn("{} of bundle {} cannot be read", resource, bundle.getSymbolicName(), e);
      }
    }
    return all;
  }

  private static List<?> orNone(@Nullable List<?> list) {
    return list == null ? List.of() : list;
  }

  private static ComponentFile file(String name, OCD definition) {
    List<Setting<?>> options = new ArrayList<>();
    Set<String> required = new HashSet<>();
    Map<?, ?> attributes = definition.getAttributeDefinitions();
    for (Object each : attributes == null ? List.of() : attributes.values()) {
      AD attribute = (AD) each;
      options.add(setting(attribute, type(attribute)));
      // every attribute of an annotation is called required; one without a default really is
      if (attribute.getDefaultValue() == null) {
        required.add(attribute.getID());
      }
    }
    return new ComponentFile(name, options, required);
  }

  private static <T> Setting<T> setting(AD attribute, Class<T> type) {
    String[] words = attribute.getOptionValues();
    boolean whole = type == Long.class;
    return new Setting<>(
        attribute.getID(),
        type,
        attribute.getDefaultValue() == null ? "" : String.join(", ", attribute.getDefaultValue()),
        type == Boolean.class
            ? List.of("true", "false")
            : words == null ? List.of() : List.of(words),
        bound(attribute.getMin(), whole ? Integer.MIN_VALUE : -Double.MAX_VALUE),
        bound(attribute.getMax(), whole ? Integer.MAX_VALUE : Double.MAX_VALUE),
        "",
        Objects.requireNonNullElse(attribute.getDescription(), ""));
  }

  private static double bound(@Nullable String written, double otherwise) {
    return written == null || written.isEmpty() ? otherwise : Double.parseDouble(written);
  }

  private static Class<?> type(AD attribute) {
    if (attribute.getOptionValues() != null && attribute.getOptionValues().length > 0) {
      return String.class;
    }
    return switch (attribute.getType()) {
      case AttributeDefinition.BOOLEAN -> Boolean.class;
      case AttributeDefinition.INTEGER,
          AttributeDefinition.LONG,
          AttributeDefinition.SHORT,
          AttributeDefinition.BYTE ->
          Long.class;
      case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> Double.class;
      default -> String.class;
    };
  }
}
