package io.lanpo.libs.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.Set;
import java.util.TreeSet;

/** Collects every name in a template. */
record TemplateNames(Set<String> names) implements Mustache.Visitor {
  /** What the name of an included template begins with. */
  static final String INCLUDE = "> ";

  /** The names in a template, sorted. */
  static Set<String> of(Template template) {
    TemplateNames collector = new TemplateNames(new TreeSet<>());
    template.visit(collector);
    return collector.names();
  }

  @Override
  public void visitText(String text) {}

  @Override
  public void visitVariable(String name) {
    names.add(name);
  }

  @Override
  public boolean visitInclude(String name) {
    names.add(INCLUDE + name);
    return false;
  }

  @Override
  public boolean visitSection(String name) {
    names.add(name);
    return true;
  }

  @Override
  public boolean visitInvertedSection(String name) {
    names.add(name);
    return true;
  }
}
