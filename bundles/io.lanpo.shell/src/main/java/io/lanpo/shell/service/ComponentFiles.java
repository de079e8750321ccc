package io.lanpo.shell.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** What the bundles that import the API say of their configuration files. */
final class ComponentFiles {
  private static final String API = "io.lanpo.api.";
  private static final String SUFFIX = ".cfg";

  private ComponentFiles() {}

  /** All files by name; none without a metatype service. */
  static List<ComponentFile> of(BundleContext context) {
    ServiceReference<MetaTypeService> reference =
        context.getServiceReference(MetaTypeService.class);
    MetaTypeService metatypes = reference == null ? null : context.getService(reference);
    if (metatypes == null) {
      return List.of();
    }
    try {
      List<ComponentFile> files = new ArrayList<>();
      for (Bundle bundle : context.getBundles()) {
        String imports = bundle.getHeaders("").get(Constants.IMPORT_PACKAGE);
        if (imports != null && imports.contains(API)) {
          MetaTypeInformation known = metatypes.getMetaTypeInformation(bundle);
          for (String pid : orNone(known.getPids())) {
            files.add(file(pid + SUFFIX, known.getObjectClassDefinition(pid, null)));
          }
          for (String pid : orNone(known.getFactoryPids())) {
            files.add(file(pid + "~NAME" + SUFFIX, known.getObjectClassDefinition(pid, null)));
          }
        }
      }
      files.sort(Comparator.comparing(ComponentFile::name));
      return files;
    } finally {
      context.ungetService(reference);
    }
  }

  private static ComponentFile file(String name, ObjectClassDefinition description) {
    List<ComponentFile.Option> options = new ArrayList<>();
    for (AttributeDefinition attribute :
        description.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
      String[] defaults = orNone(attribute.getDefaultValue());
      options.add(
          new ComponentFile.Option(
              attribute.getID(),
              String.join(", ", defaults),
              // metatype calls an attribute without a default required
              attribute.getDefaultValue() == null,
              allowed(attribute),
              Objects.requireNonNullElse(attribute.getDescription(), "")));
    }
    return new ComponentFile(name, options);
  }

  private static String allowed(AttributeDefinition attribute) {
    String[] words = orNone(attribute.getOptionValues());
    if (words.length > 0) {
      return String.join(", ", words);
    }
    return switch (attribute.getType()) {
      case AttributeDefinition.BOOLEAN -> "true, false";
      case AttributeDefinition.INTEGER, AttributeDefinition.LONG -> "a whole number";
      case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> "a number";
      default -> "text";
    };
  }

  private static String[] orNone(String @Nullable [] values) {
    return values == null ? new String[0] : values;
  }
}
