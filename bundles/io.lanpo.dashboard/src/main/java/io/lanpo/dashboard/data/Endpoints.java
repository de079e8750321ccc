package io.lanpo.dashboard.data;

import io.lanpo.api.component.Secrets;
import io.lanpo.dashboard.log.LogCache;
import io.lanpo.dashboard.service.Services;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Every document that the page can ask for, by name. Thread-safe. */
public final class Endpoints {
  private final Map<String, Function<RequestParameters, Map<String, Object>>> byName;

  /**
   * @param services where the answers come from
   */
  public Endpoints(Services services) {
    RunsEndpoint runs = new RunsEndpoint(services, new LogCache());
    PoolsEndpoint pools = new PoolsEndpoint(services, runs);
    byName =
        Map.of(
            "runs", runs::list,
            "run", runs::show,
            "metrics", runs::metrics,
            "rollouts", runs::rollouts,
            "components", new ComponentsEndpoint(services)::list,
            "pool", pools::search,
            "problem", pools::problem,
            "lessons", pools::lessons);
  }

  /**
   * A document as JSON.
   *
   * @return empty when there is none of this name
   * @throws io.lanpo.api.component.UserException when the query names something that is not there
   *     or a value that is not allowed
   */
  public Optional<String> json(String name, RequestParameters query) {
    return Optional.ofNullable(byName.get(name)).map(d -> Json.of(d.apply(query)));
  }

  /** A failure as JSON. */
  public static String failure(String message, String nextStep) {
    return Json.of(Map.of("error", Secrets.shown(message), "next", nextStep));
  }
}
