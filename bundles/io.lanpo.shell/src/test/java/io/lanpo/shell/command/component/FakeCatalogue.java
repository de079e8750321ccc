package io.lanpo.shell.command.component;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentFile;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.component.UserException;
import java.util.ArrayList;
import java.util.List;

/** Components as a test lists them; none can be used. */
public final class FakeCatalogue implements ComponentCatalogue {
  private final List<ComponentState> components = new ArrayList<>();
  private final List<ComponentFile> files = new ArrayList<>();

  /** Adds a component that reviews. */
  public FakeCatalogue with(
      String name, String bundle, Condition condition, List<String> pinnedBy, String... causes) {
    components.add(
        new ComponentState(
            "reflection",
            name,
            bundle,
            "1.0.0",
            0,
            condition,
            List.of(causes),
            condition == Condition.READY ? "" : "Fix it.",
            pinnedBy));
    return this;
  }

  /** Adds a bundle that does not serve as it should not. */
  FakeCatalogue withNothingToDo(String bundle, String cause) {
    components.add(
        new ComponentState(
            "bundle",
            bundle,
            bundle,
            "1.0.0",
            0,
            Condition.STOPPED,
            List.of(cause),
            "",
            List.of()));
    return this;
  }

  /** Adds a file that a component reads. */
  public FakeCatalogue with(ComponentFile file) {
    files.add(file);
    return this;
  }

  @Override
  public List<ComponentState> components() {
    return List.copyOf(components);
  }

  @Override
  public List<ComponentFile> files() {
    return List.copyOf(files);
  }

  @Override
  public <S> ComponentUse<S> use(Wanted<S> wanted, String holder) {
    throw new UserException("%s = %s is not there".formatted(wanted.where(), wanted.name()), "");
  }

  @Override
  public List<String> names(Class<?> type) {
    return components.stream().map(ComponentState::name).toList();
  }
}
