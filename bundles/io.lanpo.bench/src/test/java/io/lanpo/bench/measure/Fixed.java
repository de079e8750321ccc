package io.lanpo.bench.measure;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Components of a test; counts those that were not given back. */
public final class Fixed implements Installed {
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
  public <T> Optional<InUse<T>> find(Class<T> type, String name) {
    Object component = components.get(key(type, name));
    if (component == null) {
      return Optional.empty();
    }
    inUse++;
    return Optional.of(new InUse<>(type.cast(component), () -> inUse--));
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
