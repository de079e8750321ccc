package io.lanpo.policy.openai;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyInfo;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.UpdateReport;
import io.lanpo.libs.http.InFlight;
import io.lanpo.libs.http.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A policy that answers, and does nothing else. */
final class OpenAiPolicy implements Policy {
  static final Setting<Integer> CONTEXT =
      Setting.integer(
          "context", 32_768, 2, 1 << 24, "tokens", "Longest sequence of the model there.");

  private final Transport transport;
  private final InFlight inFlight;
  private final Completions completions;
  private final Tokenizer tokenizer;
  private final PolicyInfo info;
  private final String contextKey;

  OpenAiPolicy(
      Transport transport,
      InFlight inFlight,
      Completions completions,
      Tokenizer tokenizer,
      Settings settings) {
    this.transport = transport;
    this.inFlight = inFlight;
    this.completions = completions;
    this.tokenizer = tokenizer;
    this.info =
        new PolicyInfo(
            completions.model(), 0, settings.get(CONTEXT), "server " + transport.endpoint());
    this.contextKey = settings.key(CONTEXT);
  }

  @Override
  public PolicyInfo info() {
    return info;
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public long version() {
    return 0;
  }

  @Override
  public List<List<Completion>> generate(List<GenerationRequest> requests) {
    List<Supplier<List<Completion>>> tasks = new ArrayList<>(requests.size());
    for (GenerationRequest request : requests) {
      int longest = request.prompt().length + request.sampling().maxTokens();
      if (longest > info.contextLength()) {
        throw new UserException(
            "a prompt of %d tokens and a completion of %d are longer than %s = %d tokens"
                .formatted(
                    request.prompt().length,
                    request.sampling().maxTokens(),
                    contextKey,
                    info.contextLength()),
            "Shorten the prompt or the longest completion, or use a model with a longer context.");
      }
      completions.check(request.sampling());
      tasks.add(() -> completions.of(request));
    }
    return inFlight.all(tasks);
  }

  @Override
  public List<float[]> logProbs(List<Sequence> sequences, double temperature) {
    throw refused("score completions");
  }

  @Override
  public UpdateReport update(List<LossTerm> terms, AdamW optimizer) {
    throw refused("be trained");
  }

  @Override
  public void save(Path folder) {
    throw refused("be saved");
  }

  private static UserException refused(String what) {
    return new UserException(
        "policy = openai samples text for evaluation, distilling and judging; it cannot " + what,
        "Train with policy=djl or policy=tinker; text=openai lets this one distil and judge beside it.");
  }

  /** There is none. */
  @Override
  public void resetOptimizer() {}

  @Override
  public void close() {
    inFlight.close();
    transport.close();
  }
}
