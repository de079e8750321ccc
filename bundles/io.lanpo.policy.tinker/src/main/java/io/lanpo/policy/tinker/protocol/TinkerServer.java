package io.lanpo.policy.tinker.protocol;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Sampling;
import io.lanpo.libs.http.Answer;
import io.lanpo.libs.http.Endpoint;
import io.lanpo.libs.http.MalformedAnswer;
import io.lanpo.libs.http.Transport;
import io.lanpo.libs.http.Transport.Post;
import io.lanpo.libs.http.Transport.Reader;
import io.lanpo.libs.http.Transport.Repeat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** The verbs of the protocol. Safe for use by several threads. */
public final class TinkerServer {
  private static final Gson GSON = new Gson();

  /** What we say we are: the SDK whose messages we send. */
  private static final String SDK_VERSION = "0.25.0";

  private final Transport transport;
  private final Futures futures;
  private final Bodies bodies;

  public TinkerServer(Transport transport, Futures futures, Bodies bodies) {
    this.transport = transport;
    this.futures = futures;
    this.bodies = bodies;
  }

  public Endpoint endpoint() {
    return transport.endpoint();
  }

  /** The names of the models that it can train. */
  public List<String> models() {
    return transport.get(
        "get_server_capabilities",
        answer -> {
          if (answer.json().get("supported_models") instanceof JsonArray models) {
            return StreamSupport.stream(models.spliterator(), false)
                .filter(JsonElement::isJsonObject)
                .map(model -> Answer.text(model.getAsJsonObject(), "model_name"))
                .toList();
          }
          throw new MalformedAnswer("it lists no models");
        });
  }

  /** Begins a session; returns its id. */
  public String createSession() {
    JsonObject body = new JsonObject();
    body.add("tags", new JsonArray());
    body.addProperty("sdk_version", SDK_VERSION);
    body.add("user_metadata", new JsonObject());
    return post("create_session", body, Repeat.ANY, answer -> required(answer, "session_id"));
  }

  public void heartbeat(String session) {
    JsonObject body = new JsonObject();
    body.addProperty("session_id", session);
    post("session_heartbeat", body, Repeat.ANY, answer -> answer);
  }

  /**
   * Makes a model; returns its id.
   *
   * @param rank of its adapters; 0 for none
   */
  String createModel(String session, String base, int rank, int seed) {
    JsonObject lora = new JsonObject();
    lora.addProperty("rank", rank);
    lora.addProperty("seed", seed);
    JsonObject body = new JsonObject();
    body.addProperty("session_id", session);
    body.addProperty("base_model", base);
    body.add("lora_config", lora);
    JsonObject made = post("create_model", body, Repeat.ANY, Answer::json);
    String number = Answer.text(made, "request_id");
    JsonObject result = futures.result(number, "create_model", Answer::json);
    String model = Answer.text(made, "model_id");
    return model.isEmpty() ? Answer.text(result, "model_id") : model;
  }

  void unload(String model) {
    operation("unload_model", model(model), Repeat.ANY, answer -> answer);
  }

  /** Sends a batch; returns the number of its result. */
  public String sendPass(
      String model, int sequenceNumber, ServerLoss loss, List<Datum> data, boolean forwardOnly) {
    String verb = forwardOnly ? bodies.forwardVerb() : "forward_backward";
    byte[] body = bodies.pass(model, sequenceNumber, loss, data, forwardOnly);
    return transport.post(
        new Post(verb, bodies.contentType(), () -> body, forwardOnly ? Repeat.ANY : numbered()),
        answer -> required(answer, "request_id"));
  }

  /** The result of a batch. */
  public PassResult passResult(String number, ServerLoss loss) {
    return futures.result(
        number,
        "forward_backward with the loss " + loss.name(),
        answer -> bodies(answer).passResult(answer.body()));
  }

  /** An optimiser step; returns what the server measured. */
  public JsonObject optimStep(String model, int sequenceNumber, AdamW optimizer) {
    JsonObject adam = new JsonObject();
    adam.addProperty("learning_rate", optimizer.learningRate());
    adam.addProperty("beta1", optimizer.beta1());
    adam.addProperty("beta2", optimizer.beta2());
    adam.addProperty("eps", optimizer.epsilon());
    adam.addProperty("weight_decay", optimizer.weightDecay());
    if (Double.isFinite(optimizer.maxGradientNorm())) {
      adam.addProperty("grad_clip_norm", optimizer.maxGradientNorm());
    }
    JsonObject body = model(model);
    body.add("adam_params", adam);
    body.addProperty("seq_id", sequenceNumber);
    JsonObject result = operation("optim_step", body, numbered(), Answer::json);
    return result.get("metrics") instanceof JsonObject metrics ? metrics : new JsonObject();
  }

  /**
   * Saves weights and the optimiser's state; returns where.
   *
   * @param names a fresh name for every try, as the server keeps one that a failed try has used
   */
  String saveWeights(String model, Supplier<String> names) {
    return operation(
        "save_weights", () -> named(model, names), Repeat.ANY, answer -> required(answer, "path"));
  }

  /**
   * Loads what was saved into a new model.
   *
   * @param optimizer whether with the optimiser's state
   */
  void loadWeights(String model, String path, boolean optimizer) {
    JsonObject body = model(model);
    body.addProperty("path", path);
    body.addProperty("optimizer", optimizer);
    operation("load_weights", body, Repeat.UNSENT, answer -> answer);
  }

  /** Saves weights for sampling under a fresh name; returns where. */
  String saveForSampler(String model, Supplier<String> names) {
    return operation(
        "save_weights_for_sampler",
        () -> named(model, names),
        Repeat.ANY,
        answer -> required(answer, "path"));
  }

  private static JsonObject named(String model, Supplier<String> names) {
    JsonObject body = model(model);
    body.addProperty("path", names.get());
    return body;
  }

  /**
   * Makes the weights as they are those that are sampled from; returns the sampling session.
   *
   * @param numbers a fresh number for every try
   */
  String samplingSession(String model, IntSupplier numbers) {
    return operation(
        "save_weights_for_sampler",
        () -> {
          int number = numbers.getAsInt();
          JsonObject body = model(model);
          body.addProperty("sampling_session_seq_id", number);
          body.addProperty("seq_id", number);
          return body;
        },
        Repeat.ANY,
        answer -> required(answer, "sampling_session_id"));
  }

  /**
   * Samples completions of a prompt.
   *
   * @param session a sampling session
   * @param number of the request in it
   * @param seed of the first completion; the server counts on from it
   * @param stop tokens that end a completion
   */
  public List<Sampled> sample(
      String session, int number, int[] prompt, int count, Sampling how, int seed, int[] stop) {
    JsonObject chunk = new JsonObject();
    chunk.addProperty("type", "encoded_text");
    chunk.add("tokens", GSON.toJsonTree(prompt));
    JsonArray chunks = new JsonArray();
    chunks.add(chunk);
    JsonObject input = new JsonObject();
    input.add("chunks", chunks);
    JsonObject parameters = new JsonObject();
    parameters.addProperty("max_tokens", how.maxTokens());
    parameters.addProperty("seed", seed);
    parameters.addProperty("temperature", how.temperature());
    parameters.addProperty("top_p", how.topP());
    parameters.addProperty("top_k", how.topK() == 0 ? -1 : how.topK());
    parameters.add("stop", GSON.toJsonTree(stop));
    JsonObject body = new JsonObject();
    body.addProperty("num_samples", count);
    body.add("prompt", input);
    body.add("sampling_params", parameters);
    body.addProperty("sampling_session_id", session);
    body.addProperty("seq_id", number);
    return operation("asample", body, Repeat.ANY, answer -> bodies(answer).samples(answer.body()));
  }

  /** The archive of weights that were saved for sampling. */
  byte[] archive(String model, String name) {
    return transport.download("training_runs/%s/checkpoints/%s/archive".formatted(model, name));
  }

  private Repeat numbered() {
    return bodies.numbered() ? Repeat.ANY : Repeat.UNSENT;
  }

  private <T> T operation(String verb, JsonObject body, Repeat repeat, Reader<T> reader) {
    return operation(verb, () -> body, repeat, reader);
  }

  private <T> T operation(String verb, Supplier<JsonObject> body, Repeat repeat, Reader<T> reader) {
    String number = post(verb, body, repeat, answer -> required(answer, "request_id"));
    return futures.result(number, verb, reader);
  }

  private <T> T post(String verb, JsonObject body, Repeat repeat, Reader<T> reader) {
    return post(verb, () -> body, repeat, reader);
  }

  private <T> T post(String verb, Supplier<JsonObject> body, Repeat repeat, Reader<T> reader) {
    Supplier<byte[]> bytes = () -> body.get().toString().getBytes(StandardCharsets.UTF_8);
    return transport.post(new Post(verb, Answer.JSON, bytes, repeat), reader);
  }

  /** Servers may answer in another form than they are asked in. */
  private static Bodies bodies(Answer answer) {
    return answer.contentType().startsWith(Answer.JSON) ? new JsonBodies() : new ProtobufBodies();
  }

  private static String required(Answer answer, String name) throws MalformedAnswer {
    return Answer.required(answer.json(), name);
  }

  private static JsonObject model(String id) {
    JsonObject body = new JsonObject();
    body.addProperty("model_id", id);
    return body;
  }
}
