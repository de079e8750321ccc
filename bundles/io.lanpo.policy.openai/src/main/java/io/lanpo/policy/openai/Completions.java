package io.lanpo.policy.openai;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.libs.http.Answer;
import io.lanpo.libs.http.MalformedAnswer;
import io.lanpo.libs.http.Transport;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The endpoint {@code /v1/completions}: tokens there, text or tokens back. */
final class Completions {
  static final Setting<Boolean> EXTENSIONS =
      Setting.flag(
          "extensions",
          true,
          "Whether the server knows vLLM's additions: token ids in answers, top-k, min-p.");

  private static final Gson GSON = new Gson();
  private static final String VERB = "completions";

  private final Transport transport;
  private final String model;
  private final Tokenizer tokenizer;
  private final boolean extensions;
  private final String extensionsKey;

  /**
   * @param model the server's name of it
   * @param settings say whether the server knows vLLM's additions
   */
  Completions(Transport transport, String model, Tokenizer tokenizer, Settings settings) {
    this.transport = transport;
    this.model = model;
    this.tokenizer = tokenizer;
    this.extensions = settings.get(EXTENSIONS);
    this.extensionsKey = settings.key(EXTENSIONS);
  }

  String model() {
    return model;
  }

  /** Refuses what the endpoint does not have. */
  void check(Sampling sampling) {
    if (!extensions && (sampling.topK() > 0 || sampling.minP() > 0)) {
      throw new UserException(
          "top-k = %d, min-p = %s: an endpoint without vLLM's additions has neither"
              .formatted(sampling.topK(), sampling.minP()),
          "Set both to 0, or %s=true where the server is vLLM.".formatted(extensionsKey));
    }
  }

  List<Completion> of(GenerationRequest request) {
    int wanted = request.completions();
    if (wanted == 0) {
      return List.of();
    }
    // Greedy completions are all the same, and vLLM refuses to write them more than once.
    int asked = request.sampling().temperature() == 0 ? 1 : wanted;
    byte[] body = body(request, asked).toString().getBytes(StandardCharsets.UTF_8);
    List<Completion> written =
        transport.post(
            new Transport.Post(VERB, Answer.JSON, () -> body, Transport.Repeat.ANY),
            answer -> read(answer.json(), asked, request.sampling()));
    return asked == wanted ? written : Collections.nCopies(wanted, written.get(0));
  }

  private JsonObject body(GenerationRequest request, int count) {
    Sampling how = request.sampling();
    JsonObject body = new JsonObject();
    body.addProperty("model", model);
    body.add("prompt", GSON.toJsonTree(request.prompt()));
    body.addProperty("n", count);
    body.addProperty("max_tokens", how.maxTokens());
    body.addProperty("temperature", how.temperature());
    body.addProperty("top_p", how.topP());
    body.addProperty("seed", request.seed() & Integer.MAX_VALUE);
    body.addProperty("logprobs", 0);
    if (!how.stop().isEmpty()) {
      JsonArray stop = new JsonArray();
      how.stop().forEach(stop::add);
      body.add("stop", stop);
    }
    if (extensions) {
      body.addProperty("return_token_ids", true);
      body.addProperty("include_stop_str_in_output", true);
      if (how.topK() > 0) {
        body.addProperty("top_k", how.topK());
      }
      if (how.minP() > 0) {
        body.addProperty("min_p", how.minP());
      }
    }
    return body;
  }

  private List<Completion> read(JsonObject answer, int count, Sampling how) throws MalformedAnswer {
    if (!(answer.get("choices") instanceof JsonArray choices) || choices.size() != count) {
      throw new MalformedAnswer("it has not the %d choices that were asked for".formatted(count));
    }
    List<Completion> completions = new ArrayList<>(count);
    for (JsonElement choice : choices) {
      if (!(choice instanceof JsonObject object) || !object.has("text")) {
        throw new MalformedAnswer("a choice has no text");
      }
      completions.add(completion(object, how));
    }
    return completions;
  }

  private Completion completion(JsonObject choice, Sampling how) throws MalformedAnswer {
    boolean finished = Answer.text(choice, "finish_reason").equals("stop");
    int[] tokens =
        choice.get("token_ids") instanceof JsonArray ids
            ? integers(ids)
            : encoded(choice, finished, how);
    float[] logProbs = new float[tokens.length];
    Arrays.fill(logProbs, Float.NaN);
    if (choice.get("logprobs") instanceof JsonObject scores
        && scores.get("token_logprobs") instanceof JsonArray values
        && values.size() == tokens.length) {
      for (int i = 0; i < tokens.length; i++) {
        JsonElement value = values.get(i);
        logProbs[i] = value.isJsonNull() ? Float.NaN : (float) Answer.number(value);
      }
    }
    return new Completion(tokens, logProbs, finished);
  }

  private int[] encoded(JsonObject choice, boolean finished, Sampling how) {
    int[] tokens = tokenizer.encode(Answer.text(choice, "text"));
    if (!finished || !how.stop().isEmpty()) {
      return tokens;
    }
    int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
    ended[tokens.length] = tokenizer.endToken();
    return ended;
  }

  private int[] integers(JsonArray ids) throws MalformedAnswer {
    int[] tokens = new int[ids.size()];
    for (int i = 0; i < tokens.length; i++) {
      double id = Answer.number(ids.get(i));
      if (!(id >= 0 && id < tokenizer.vocabularySize() && id == Math.rint(id))) {
        throw new MalformedAnswer(
            "token %s of a vocabulary of %d".formatted(ids.get(i), tokenizer.vocabularySize()));
      }
      tokens[i] = (int) id;
    }
    return tokens;
  }
}
