package io.lanpo.policy.tinker.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import io.lanpo.libs.http.Answer;
import io.lanpo.libs.http.MalformedAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The protocol as it was before batches travelled as protobuf. */
final class JsonBodies implements Bodies {
  @Override
  public String forwardVerb() {
    return "forward";
  }

  @Override
  public boolean numbered() {
    return false;
  }

  @Override
  public String contentType() {
    return Answer.JSON;
  }

  @Override
  public byte[] pass(
      String model, int sequenceNumber, ServerLoss loss, List<Datum> data, boolean forwardOnly) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonWriter json = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
      json.beginObject().name("model_id").value(model).name("seq_id").value(sequenceNumber);
      json.name(forwardOnly ? "forward_input" : "forward_backward_input").beginObject();
      json.name("loss_fn").value(loss.name());
      if (!loss.config().isEmpty()) {
        json.name("loss_fn_config").beginObject();
        for (Map.Entry<String, Double> entry : loss.config().entrySet()) {
          json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
      }
      json.name("data").beginArray();
      for (Datum datum : data) {
        datum(json, datum);
      }
      json.endArray().endObject().endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  private static void datum(JsonWriter json, Datum datum) throws IOException {
    json.beginObject().name("model_input").beginObject().name("chunks").beginArray().beginObject();
    json.name("type").value("encoded_text").name("tokens").beginArray();
    for (int token : datum.tokens(0)) {
      json.value(token);
    }
    json.endArray().endObject().endArray().endObject().name("loss_fn_inputs").beginObject();
    json.name("target_tokens").beginObject().name("data").beginArray();
    for (int token : datum.tokens(1)) {
      json.value(token);
    }
    json.endArray().name("dtype").value("int64").endObject();
    input(json, "weights", datum, datum.weights());
    input(json, "advantages", datum, datum.advantages());
    input(json, "logprobs", datum, datum.logProbs());
    json.endObject().endObject();
  }

  private static void input(JsonWriter json, String name, Datum datum, float[] values)
      throws IOException {
    if (values.length == 0) {
      return;
    }
    json.name(name).beginObject().name("data").beginArray();
    for (int i = 0; i < datum.prefix(); i++) {
      json.value(0.0);
    }
    for (float value : values) {
      json.value(value);
    }
    json.endArray().name("dtype").value("float32").endObject();
  }

  @Override
  public PassResult passResult(byte[] body) throws MalformedAnswer {
    List<float[]> logProbs = new ArrayList<>();
    List<float[]> losses = new ArrayList<>();
    for (JsonObject output : objects(Answer.json(body), "loss_fn_outputs")) {
      logProbs.add(tensor(output, "logprobs"));
      losses.add(
          output.has("elementwise_loss") ? tensor(output, "elementwise_loss") : new float[0]);
    }
    return new PassResult(logProbs, losses);
  }

  private static float[] tensor(JsonObject output, String name) throws MalformedAnswer {
    if (output.get(name) instanceof JsonObject tensor) {
      return floats(tensor.get("data"));
    }
    throw new MalformedAnswer("it has no " + name);
  }

  @Override
  public List<Sampled> samples(byte[] body) throws MalformedAnswer {
    List<Sampled> samples = new ArrayList<>();
    for (JsonObject sequence : objects(Answer.json(body), "sequences")) {
      float[] tokens = floats(sequence.get("tokens"));
      int[] ids = new int[tokens.length];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = (int) tokens[i]; // exact: ids are below 2^24
      }
      boolean stopped = "stop".equals(Answer.text(sequence, "stop_reason"));
      samples.add(new Sampled(ids, floats(sequence.get("logprobs")), stopped));
    }
    return samples;
  }

  private static List<JsonObject> objects(JsonObject json, String name) throws MalformedAnswer {
    List<JsonObject> objects = new ArrayList<>();
    if (json.get(name) instanceof JsonArray array) {
      for (JsonElement element : array) {
        if (element instanceof JsonObject object) {
          objects.add(object);
        }
      }
      return objects;
    }
    throw new MalformedAnswer("it has no " + name);
  }

  private static float[] floats(@Nullable JsonElement element) throws MalformedAnswer {
    if (!(element instanceof JsonArray array)) {
      throw new MalformedAnswer("an array of numbers is missing");
    }
    float[] values = new float[array.size()];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = array.get(i).getAsFloat();
      }
    } catch (NumberFormatException | UnsupportedOperationException | IllegalStateException e) {
      throw new MalformedAnswer("an array has something else than numbers", e);
    }
    return values;
  }
}
