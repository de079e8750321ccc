package io.lanpo.verifier.composite;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentFile;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Verifiers by name, as a test has them. */
final class Verifiers implements ComponentCatalogue {
  private final Map<String, Verifier> verifiers = new TreeMap<>();
  final List<String> held = new ArrayList<>();
  final List<String> lost = new ArrayList<>();

  void put(String name, Verifier verifier) {
    verifiers.put(name, verifier);
  }

  @Override
  public List<ComponentState> components() {
    return verifiers.keySet().stream().map(Verifiers::state).toList();
  }

  @Override
  public List<ComponentFile> files() {
    return List.of();
  }

  @Override
  public List<String> names(Class<?> type) {
    return List.copyOf(verifiers.keySet());
  }

  @Override
  public <S> ComponentUse<S> use(Wanted<S> wanted, String holder) {
    String name = wanted.name();
    Verifier verifier = verifiers.get(name);
    if (verifier == null) {
      throw new UserException(
          "%s = %s names no installed verifier".formatted(wanted.where(), name),
          Names.suggestion(name, verifiers.keySet()));
    }
    held.add(name);
    S instance = wanted.type().cast(verifier);
    return new ComponentUse<>() {
      @Override
      public S instance() {
        return instance;
      }

      @Override
      public ComponentState state() {
        return Verifiers.state(name);
      }

      @Override
      public long serviceId() {
        return 1;
      }

      @Override
      public boolean lost() {
        return lost.contains(name);
      }

      @Override
      public void close() {
        held.remove(name);
      }
    };
  }

  private static ComponentState state(String name) {
    return new ComponentState(
        "verifier", name, "b", "1.0.0", 0, Condition.READY, List.of(), "", List.of());
  }
}
