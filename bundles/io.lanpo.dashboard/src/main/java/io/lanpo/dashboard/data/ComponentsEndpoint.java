package io.lanpo.dashboard.data;

import io.lanpo.api.component.Setting;
import io.lanpo.api.deploy.ComponentState;
import io.lanpo.api.deploy.ComponentState.Condition;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.api.train.ComponentCatalogue;
import io.lanpo.api.train.ComponentInfo;
import io.lanpo.dashboard.service.Services;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The components that are installed, those that serve and those that do not. */
final class ComponentsEndpoint {
  private final Services services;

  ComponentsEndpoint(Services services) {
    this.services = services;
  }

  /** All components, by kind and name; then what does not serve, with its cause. */
  Map<String, Object> list(RequestParameters query) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (ComponentInfo info :
        services.use(ComponentCatalogue.class, ComponentCatalogue::components).orElse(List.of())) {
      Map<String, Object> row = row(info.kind(), info.name(), info.bundle(), info.version());
      row.put("state", "ready");
      row.put("ranking", info.ranking());
      row.put("pinnedBy", info.pinnedBy());
      row.put("cause", "");
      rows.add(row);
    }
    for (ComponentState state :
        services.use(Deployments.class, Deployments::components).orElse(List.of())) {
      if (state.condition() != Condition.READY && state.condition() != Condition.UNCONFIGURED) {
        Map<String, Object> row = row(state.kind(), state.name(), state.bundle(), state.version());
        row.put("state", Setting.word(state.condition()));
        row.put("ranking", 0);
        row.put("pinnedBy", List.of());
        row.put("cause", String.join(" — ", state.causes()) + " " + state.nextStep());
        rows.add(row);
      }
    }
    return Map.of("components", rows);
  }

  private static Map<String, Object> row(String kind, String name, String bundle, String version) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("kind", kind);
    row.put("name", name);
    row.put("bundle", bundle);
    row.put("version", version);
    return row;
  }
}
