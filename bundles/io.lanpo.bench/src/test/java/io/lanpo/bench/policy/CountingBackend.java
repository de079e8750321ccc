package io.lanpo.bench.policy;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.policy.PolicyInfo;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.UpdateReport;
import io.lanpo.api.task.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** A backend whose policies compute nothing and write down what they are asked. */
final class CountingBackend implements PolicyBackend {
  static final Setting<Integer> WORKERS =
      Setting.integer("workers", 1, 1, 8, "threads", "Threads.");

  /** Stands for {@code open} and {@code create}, then every call by what it is. */
  final List<String> calls = new ArrayList<>();

  private final boolean trains;
  private final int context;

  CountingBackend(boolean trains, int context) {
    this.trains = trains;
    this.context = context;
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(WORKERS);
  }

  @Override
  public boolean trains() {
    return trains;
  }

  @Override
  public Policy create(Settings settings, Tokenizer tokenizer, long seed) {
    calls.add("create with %d workers".formatted(settings.get(WORKERS)));
    return new Counting(tokenizer);
  }

  @Override
  public Policy open(Path checkpoint, Settings settings) {
    calls.add("open " + checkpoint);
    return new Counting(new TenTokens());
  }

  /** A tokenizer with nothing but a size. */
  static final class TenTokens implements Tokenizer {
    @Override
    public int[] encode(String text) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int[] encode(Prompt prompt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String decode(int[] tokens) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int endToken() {
      return 0;
    }

    @Override
    public int vocabularySize() {
      return 10;
    }

    @Override
    public void save(Path folder) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Counting implements Policy {
    private final Tokenizer tokenizer;

    Counting(Tokenizer tokenizer) {
      this.tokenizer = tokenizer;
    }

    @Override
    public PolicyInfo info() {
      return new PolicyInfo("counting", 1_000_000, context, "cpu");
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
      calls.add("generate");
      return requests.stream()
          .map(
              request -> {
                int length = request.sampling().maxTokens();
                Completion completion = new Completion(new int[length], new float[length], false);
                return Collections.nCopies(request.completions(), completion);
              })
          .toList();
    }

    @Override
    public UpdateReport update(List<LossTerm> terms, AdamW optimizer) {
      calls.add("update");
      return new UpdateReport(Map.of(), 0);
    }

    @Override
    public List<float[]> logProbs(List<Sequence> sequences, double temperature) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void save(Path folder) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void resetOptimizer() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      calls.add("close");
    }
  }
}
