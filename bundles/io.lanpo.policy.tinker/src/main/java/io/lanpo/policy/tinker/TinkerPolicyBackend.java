package io.lanpo.policy.tinker;

import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Names;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.policy.tinker.protocol.RemoteModel;
import io.lanpo.policy.tinker.protocol.TinkerServer;
import io.lanpo.policy.tinker.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * Policies on a training server that speaks the Tinker protocol. Text becomes tokens here, by the
 * tokenizer in the folder of the run's model, which must be that of the server's model.
 *
 * <p>A completion's log-probabilities are the server's, at temperature one. The entropy that an
 * update reports is the mean of {@code −log p} over its tokens, an estimate that needs no logits;
 * its gradient norm is the server's, 0 where it does not tell. Whether gradients are clipped is the
 * server's matter. A checkpoint folder points to weights on the server.
 */
@Component(service = PolicyBackend.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("tinker")
public final class TinkerPolicyBackend implements PolicyBackend {
  private final TokenizerService tokenizers;
  private final UnaryOperator<@Nullable String> environment;
  private final Supplier<String> names;

  /**
   * @param tokenizers opens the tokenizer of a model's folder
   */
  @Activate
  public TinkerPolicyBackend(@Reference TokenizerService tokenizers) {
    this(tokenizers, System::getenv, () -> "lanpo-" + UUID.randomUUID());
  }

  /**
   * @param environment the value of an environment variable, or null
   * @param names a fresh name for everything that is saved on the server
   */
  TinkerPolicyBackend(
      TokenizerService tokenizers,
      UnaryOperator<@Nullable String> environment,
      Supplier<String> names) {
    this.tokenizers = tokenizers;
    this.environment = environment;
    this.names = names;
  }

  @Override
  public List<Setting<?>> settings() {
    return TinkerSettings.all();
  }

  /** Refuses: a server trains the model that it was started with. */
  @Override
  public Policy create(Settings settings, Tokenizer tokenizer, long seed) {
    throw new UserException(
        "policy = tinker trains a model that the server has, not one with random weights",
        "Set model to a folder with the tokenizer and config.json of the server's model.");
  }

  @Override
  public Policy open(Path checkpoint, Settings settings) {
    ModelFolder folder = ModelFolder.of(checkpoint);
    Tokenizer tokenizer = tokenizers.open(folder.path(), TokenizerService.Options.of(settings));
    ModelFolder.Pointer pointer = folder.pointer();
    ContextLimit context = context(folder, settings);
    RemoteModel.Origin asked = origin(pointer, settings);
    Connection connection = Connection.open(settings, environment);
    boolean opened = false;
    try {
      TinkerServer server = connection.server();
      RemoteModel.Origin origin =
          new RemoteModel.Origin(base(server, asked.base(), settings), asked.rank(), asked.seed());
      RemoteModel model = new RemoteModel(server, connection.session(), origin, names);
      if (pointer != null) {
        model.load(pointer.weights());
      }
      Trainer trainer =
          new Trainer(
              server,
              connection.learning(),
              settings.get(TinkerSettings.OBJECTIVE),
              settings.get(TinkerSettings.NORMALIZATION),
              settings.get(TinkerSettings.UPDATE_TOKENS));
      Policy policy =
          new TinkerPolicy(
              connection,
              folder,
              tokenizer,
              model,
              trainer,
              context,
              pointer == null ? 0 : pointer.version(),
              settings.get(TinkerSettings.EXPORT));
      opened = true;
      return policy;
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }

  private static RemoteModel.Origin origin(
      ModelFolder.@Nullable Pointer pointer, Settings settings) {
    int rank = settings.get(TinkerSettings.LORA_RANK);
    String base = settings.get(TinkerSettings.BASE_MODEL);
    if (pointer != null && pointer.rank() != rank) {
      String key = settings.key(TinkerSettings.LORA_RANK);
      throw new UserException(
          "%s = %d, but the checkpoint was trained with %d".formatted(key, rank, pointer.rank()),
          "Set %s=%d.".formatted(key, pointer.rank()));
    }
    return new RemoteModel.Origin(
        base.isEmpty() && pointer != null ? pointer.base() : base,
        rank,
        settings.get(TinkerSettings.LORA_SEED));
  }

  private static ContextLimit context(ModelFolder folder, Settings settings) {
    int given = settings.get(TinkerSettings.CONTEXT);
    int context = given > 0 ? given : folder.context();
    if (context == 0) {
      throw new UserException(
          folder.path() + " has no config.json with max_position_embeddings",
          "Copy the model's config.json there, or set %s."
              .formatted(settings.key(TinkerSettings.CONTEXT)));
    }
    return new ContextLimit(context);
  }

  /** The server's name of the model that is asked for. */
  private static String base(TinkerServer server, String asked, Settings settings) {
    List<String> models = server.models();
    if (models.contains(asked)) {
      return asked;
    }
    if (asked.isEmpty() && models.size() == 1) {
      return models.get(0);
    }
    String key = settings.key(TinkerSettings.BASE_MODEL);
    if (asked.isEmpty()) {
      throw new UserException(
          "%s is empty, and the server %s has %d models"
              .formatted(key, server.endpoint(), models.size()),
          "Name one of them: " + String.join(", ", models) + ".");
    }
    throw new UserException(
        "the server %s has no model %s = %s".formatted(server.endpoint(), key, asked),
        Names.suggestion(asked, models));
  }
}
