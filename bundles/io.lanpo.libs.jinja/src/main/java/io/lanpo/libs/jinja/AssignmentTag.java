package io.lanpo.libs.jinja;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.SetTag;
import com.hubspot.jinjava.objects.Namespace;
import com.hubspot.jinjava.tree.parse.TagToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * <code>{% set %}</code> that also takes one list apart, and refuses what Jinja refuses: to set
 * attributes of anything but a namespace.
 */
final class AssignmentTag extends SetTag {
  private static final long serialVersionUID = 1L;

  @Override
  public void executeSet(
      TagToken token,
      JinjavaInterpreter interpreter,
      String[] names,
      List<?> values,
      boolean overrideDeferred) {
    Rendering rendering = (Rendering) interpreter;
    List<@Nullable Object> given = new ArrayList<>(values);
    if (names.length > 1 && given.size() == 1) {
      given = Values.elements(given.get(0), rendering.budget());
    }
    if (given.size() != names.length) {
      throw Stop.wrong("%d values for %d variables", given.size(), names.length);
    }
    for (int i = 0; i < names.length; i++) {
      set(names[i].strip(), given.get(i), rendering);
    }
  }

  private static void set(String name, @Nullable Object value, Rendering rendering) {
    Object stored = value == null ? Rendering.Undefined.INSTANCE : value;
    int dot = name.indexOf('.');
    if (dot < 0) {
      rendering.getContext().put(name, stored);
    } else if (rendering.getContext().get(name.substring(0, dot)) instanceof Namespace namespace) {
      namespace.put(name.substring(dot + 1), stored);
    } else {
      throw Stop.wrong("'%s' is not a namespace", name.substring(0, dot));
    }
  }
}
