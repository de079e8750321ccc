package io.lanpo.bench.measure;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentFile;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Components of a test; counts those that were not given back. */
public final class Fixed implements ComponentCatalogue {
  /** By type and name. */
  private final Map<String, Object> components = new TreeMap<>();

  private int inUse;

  /** Adds a component. */
  public <T> Fixed with(Class<T> type, String name, T component) {
    components.put(key(type, name), component);
    return this;
  }

  private static String key(Class<?> type, String name) {
    return type.getName() + " " + name;
  }

  @Override
  public <S> ComponentUse<S> use(Wanted<S> wanted, String holder) {
    Object component = components.get(key(wanted.type(), wanted.name()));
    if (component == null) {
      throw new UserException(
          "%s = %s names no installed component".formatted(wanted.where(), wanted.name()),
          Names.suggestion(wanted.name(), names(wanted.type())));
    }
    inUse++;
    S instance = wanted.type().cast(component);
    return new ComponentUse<>() {
      @Override
      public S instance() {
        return instance;
      }

      @Override
      public ComponentState state() {
        throw new IllegalStateException("no benchmark asks for it");
      }

      @Override
      public long serviceId() {
        return 1;
      }

      @Override
      public boolean lost() {
        return false;
      }

      @Override
      public void close() {
        inUse--;
      }
    };
  }

  @Override
  public List<ComponentState> components() {
    return List.of();
  }

  @Override
  public List<ComponentFile> files() {
    return List.of();
  }

  @Override
  public List<String> names(Class<?> type) {
    String prefix = key(type, "");
    return components.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> key.substring(prefix.length()))
        .toList();
  }

  /** Components that were not given back. */
  public int inUse() {
    return inUse;
  }
}
