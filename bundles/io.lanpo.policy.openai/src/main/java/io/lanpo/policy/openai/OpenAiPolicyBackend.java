package io.lanpo.policy.openai;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Names;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.policy.SpecialTokens;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.libs.http.Answer;
import io.lanpo.libs.http.HttpSettings;
import io.lanpo.libs.http.InFlight;
import io.lanpo.libs.http.MalformedAnswer;
import io.lanpo.libs.http.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Policies behind an OpenAI-compatible endpoint ({@code /v1/completions}). They sample, for
 * evaluation, distilling and judging; to be trained, scored or saved they refuse.
 *
 * <p>Prompts go as token ids, so that the chat template is applied here as for every other backend.
 * vLLM answers with token ids too; where a server sends text only, it is made tokens again, and
 * log-probabilities that do not fit these are not numbers (NaN).
 */
@Component(service = PolicyBackend.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("openai")
public final class OpenAiPolicyBackend implements PolicyBackend {
  static final Setting<String> SERVED_MODEL =
      Setting.text(
          "served-model", "", "The server's name of the model; empty: the only one it has.");

  private static final int REQUEST_TIMEOUT = 600;

  private final TokenizerService tokenizers;
  private final UnaryOperator<@Nullable String> environment;

  /**
   * @param tokenizers opens the tokenizer of a model's folder
   */
  @Activate
  public OpenAiPolicyBackend(@Reference TokenizerService tokenizers) {
    this(tokenizers, System::getenv);
  }

  /**
   * @param environment the value of an environment variable, or null
   */
  OpenAiPolicyBackend(TokenizerService tokenizers, UnaryOperator<@Nullable String> environment) {
    this.tokenizers = tokenizers;
    this.environment = environment;
  }

  @Override
  public List<Setting<?>> settings() {
    return HttpSettings.with(
        "OPENAI_API_KEY",
        HttpSettings.AUTHORIZATION,
        REQUEST_TIMEOUT,
        List.of(
            SERVED_MODEL,
            OpenAiPolicy.CONTEXT,
            Completions.EXTENSIONS,
            SpecialTokens.SETTING,
            TokenizerService.Options.CHAT,
            TokenizerService.Options.THINKING));
  }

  @Override
  public boolean trains() {
    return false;
  }

  /** Refuses: there is nothing to begin with. */
  @Override
  public Policy create(Settings settings, Tokenizer tokenizer, long seed) {
    throw new UserException(
        "policy = openai answers with a model that a server has, not with one of random weights",
        "Set model to a folder with the tokenizer of the server's model.");
  }

  @Override
  public Policy open(Path checkpoint, Settings settings) {
    Tokenizer tokenizer = tokenizers.open(checkpoint, TokenizerService.Options.of(settings));
    Transport transport = new Transport(settings, "/v1/", environment);
    boolean opened = false;
    try {
      Completions completions =
          new Completions(transport, model(transport, settings), tokenizer, settings);
      InFlight inFlight = new InFlight(settings.get(HttpSettings.IN_FLIGHT));
      Policy policy = new OpenAiPolicy(transport, inFlight, completions, tokenizer, settings);
      opened = true;
      return policy;
    } finally {
      if (!opened) {
        transport.close();
      }
    }
  }

  private static String model(Transport transport, Settings settings) {
    String asked = settings.get(SERVED_MODEL);
    List<String> models =
        transport.get(
            "models",
            answer -> {
              if (answer.json().get("data") instanceof JsonArray data) {
                return StreamSupport.stream(data.spliterator(), false)
                    .filter(JsonElement::isJsonObject)
                    .map(model -> Answer.text(model.getAsJsonObject(), "id"))
                    .toList();
              }
              throw new MalformedAnswer("it lists no models");
            });
    if (models.contains(asked)) {
      return asked;
    }
    if (asked.isEmpty() && models.size() == 1) {
      return models.get(0);
    }
    throw new UserException(
        "the server %s has %d models, and none is %s = %s"
            .formatted(
                transport.endpoint(),
                models.size(),
                settings.key(SERVED_MODEL),
                asked.isEmpty() ? "(empty)" : asked),
        Names.suggestion(asked, models));
  }
}
