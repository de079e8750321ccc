package io.lanpo.metrics.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.http.Answer;
import io.lanpo.libs.http.MalformedAnswer;
import io.lanpo.libs.http.Transport;
import io.lanpo.libs.http.Transport.Post;
import io.lanpo.libs.http.Transport.Repeat;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The few calls of MLflow's REST API 2.0 that a sink needs. */
final class TrackingServer implements AutoCloseable {
  /** The server's limit on the parameters, and on the tags, of one request. */
  static final int MOST_IN_BATCH = 100;

  private static final String EXISTS = "RESOURCE_ALREADY_EXISTS";

  private final Transport transport;

  TrackingServer(Transport transport) {
    this.transport = transport;
  }

  /**
   * What the server has of a run.
   *
   * @param last the largest step of its metrics; 0 when it has none
   * @param parameters by name
   */
  record Known(int last, Map<String, String> parameters) {}

  /** A value of a metric. */
  record Metric(String key, double value, long millis, int step) {}

  String url() {
    return transport.endpoint().toString();
  }

  /** Whether a failure may pass: the server could not be reached, or has troubles of its own. */
  static boolean passes(UserException failure) {
    return failure.getCause() instanceof IOException;
  }

  /** The id of an experiment, which is made if it is not there. */
  String experiment(String name) {
    JsonObject body = new JsonObject();
    body.addProperty("name", name);
    Post create = post("experiments/create", body, Repeat.ANY);
    try {
      Answer answer = transport.tryOnce(create);
      if (answer.status() != 200 && EXISTS.equals(Answer.text(json(answer), "error_code"))) {
        String query = URLEncoder.encode(name, StandardCharsets.UTF_8);
        return transport.get(
            "experiments/get-by-name?experiment_name=" + query,
            found -> Answer.required(object(found.json(), "experiment"), "experiment_id"));
      }
      return Answer.required(transport.good(create.verb(), answer).json(), "experiment_id");
    } catch (IOException e) {
      throw transport.failed(create.verb(), 1, e);
    }
  }

  private static JsonObject json(Answer answer) {
    try {
      return answer.json();
    } catch (MalformedAnswer e) { // a page of a proxy, say; what it means its status tells
      return new JsonObject();
    }
  }

  /**
   * The id of a run that has a name; the newest, if there are several.
   *
   * @param experiment the id of its experiment
   */
  Optional<String> find(String experiment, String name) {
    JsonObject body = new JsonObject();
    JsonArray experiments = new JsonArray();
    experiments.add(experiment);
    body.add("experiment_ids", experiments);
    body.addProperty("filter", "attributes.run_name = '%s'".formatted(name));
    body.addProperty("max_results", 1);
    return transport.post(
        post("runs/search", body, Repeat.ANY),
        answer -> {
          JsonArray found = array(answer.json(), "runs");
          return found.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  Answer.required(object(found.get(0).getAsJsonObject(), "info"), "run_id"));
        });
  }

  /** Begins a run and returns its id. */
  String create(String experiment, String name, long startMillis) {
    JsonObject body = new JsonObject();
    body.addProperty("experiment_id", experiment);
    body.addProperty("run_name", name);
    body.addProperty("start_time", startMillis);
    return transport.post(
        post("runs/create", body, Repeat.UNSENT),
        answer -> Answer.required(object(object(answer.json(), "run"), "info"), "run_id"));
  }

  /** What the server has of a run. */
  Known known(String run) {
    return transport.get(
        "runs/get?run_id=" + URLEncoder.encode(run, StandardCharsets.UTF_8),
        answer -> {
          JsonObject data = object(object(answer.json(), "run"), "data");
          double last = 0;
          for (JsonElement metric : array(data, "metrics")) {
            JsonElement step = metric.getAsJsonObject().get("step");
            // a number that is 64 bits wide is a text in the JSON of protocol buffers
            last = Math.max(last, step == null ? 0 : Double.parseDouble(step.getAsString()));
          }
          Map<String, String> parameters = new LinkedHashMap<>();
          for (JsonElement parameter : array(data, "params")) {
            parameters.put(
                Answer.text(parameter.getAsJsonObject(), "key"),
                Answer.text(parameter.getAsJsonObject(), "value"));
          }
          return new Known((int) last, parameters);
        });
  }

  /** Adds values of metrics, a thousand at most. */
  void metrics(String run, List<Metric> metrics) {
    JsonArray all = new JsonArray();
    for (Metric metric : metrics) {
      JsonObject one = new JsonObject();
      one.addProperty("key", metric.key());
      one.addProperty("value", metric.value());
      one.addProperty("timestamp", metric.millis());
      one.addProperty("step", metric.step());
      all.add(one);
    }
    batch(run, "metrics", all);
  }

  /**
   * Adds parameters or tags, a hundred at a time.
   *
   * @param what {@code params} or {@code tags}
   */
  void add(String run, String what, Map<String, String> values) {
    JsonArray all = new JsonArray();
    for (Map.Entry<String, String> value : values.entrySet()) {
      JsonObject one = new JsonObject();
      one.addProperty("key", value.getKey());
      one.addProperty("value", value.getValue());
      all.add(one);
      if (all.size() == MOST_IN_BATCH) {
        batch(run, what, all);
        all = new JsonArray();
      }
    }
    batch(run, what, all);
  }

  private void batch(String run, String what, JsonArray values) {
    if (!values.isEmpty()) {
      JsonObject body = new JsonObject();
      body.addProperty("run_id", run);
      body.add(what, values);
      // the server knows the same value, parameter and tag again
      transport.post(post("runs/log-batch", body, Repeat.ANY), Answer::json);
    }
  }

  /**
   * Sets the status of a run.
   *
   * @param endMillis when it ended; 0 while it goes on
   */
  void update(String run, String status, long endMillis) {
    JsonObject body = new JsonObject();
    body.addProperty("run_id", run);
    body.addProperty("status", status);
    if (endMillis > 0) {
      body.addProperty("end_time", endMillis);
    }
    transport.post(post("runs/update", body, Repeat.ANY), Answer::json);
  }

  private static Post post(String verb, JsonObject body, Repeat repeat) {
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    return new Post(verb, Answer.JSON, () -> bytes, repeat);
  }

  private static JsonObject object(JsonObject of, String name) throws MalformedAnswer {
    if (of.get(name) instanceof JsonObject object) {
      return object;
    }
    throw new MalformedAnswer("it has no " + name);
  }

  /** A list; empty where there is none, as protocol buffers leave out what is empty. */
  private static JsonArray array(JsonObject of, String name) {
    return of.get(name) instanceof JsonArray array ? array : new JsonArray();
  }

  @Override
  public void close() {
    transport.close();
  }
}
