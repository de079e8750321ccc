package io.lanpo.dashboard.data;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.component.Setting;
import io.lanpo.dashboard.service.Services;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The components that are installed, those that serve and those that do not. */
record ComponentsEndpoint(Services services) {
  /** All components, by kind and name, with the cause where one does not serve. */
  Map<String, Object> list(RequestParameters query) {
    return Map.of(
        "components",
        services
            .use(ComponentCatalogue.class, ComponentCatalogue::components)
            .orElse(List.of())
            .stream()
            .filter(state -> state.condition() != Condition.UNCONFIGURED)
            .map(ComponentsEndpoint::row)
            .toList());
  }

  private static Map<String, Object> row(ComponentState state) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("kind", state.kind());
    row.put("name", state.name());
    row.put("bundle", state.bundle());
    row.put("version", state.version());
    row.put("state", Setting.word(state.condition()));
    row.put("ranking", state.ranking());
    row.put("pinnedBy", state.pinnedBy());
    row.put("cause", (String.join(" — ", state.causes()) + " " + state.nextStep()).strip());
    return row;
  }
}
