package io.lanpo.it;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.policy.PolicyInfo;
import io.lanpo.api.policy.Sampler;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.UpdateReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Local policies that can sample while they learn: a second model with the weights from before the
 * update samples. An update does not end before that one has been asked, so that nothing passes
 * here that takes turns.
 */
final class TwinPolicyBackend implements PolicyBackend {
  private final PolicyBackend local;
  private final Path folder;

  /**
   * @param folder for the weights on their way to the second model
   */
  TwinPolicyBackend(PolicyBackend local, Path folder) {
    this.local = local;
    this.folder = folder;
  }

  @Override
  public List<Setting<?>> settings() {
    return local.settings();
  }

  @Override
  public Policy create(Settings settings, Tokenizer tokenizer, long seed) {
    return local.create(settings, tokenizer, seed);
  }

  @Override
  public Policy open(Path checkpoint, Settings settings) {
    return new Twin(local.open(checkpoint, settings), settings);
  }

  private final class Twin implements Policy {
    private final Policy learner;
    private final Settings settings;
    private @Nullable Policy sampler;
    private @Nullable CountDownLatch asked;

    Twin(Policy learner, Settings settings) {
      this.learner = learner;
      this.settings = settings;
    }

    @Override
    public Optional<Sampler> sampler() {
      Path weights = folder.resolve("weights");
      learner.save(weights);
      closeSampler();
      Policy opened = local.open(weights, settings);
      sampler = opened;
      CountDownLatch latch = new CountDownLatch(1);
      asked = latch;
      return Optional.of(new OneAtATime(opened, latch));
    }

    @Override
    public UpdateReport update(List<LossTerm> terms, AdamW optimizer) {
      CountDownLatch latch = asked;
      try {
        if (latch != null && !latch.await(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody samples beside the update");
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return learner.update(terms, optimizer);
    }

    @Override
    public PolicyInfo info() {
      return learner.info();
    }

    @Override
    public Tokenizer tokenizer() {
      return learner.tokenizer();
    }

    @Override
    public long version() {
      return learner.version();
    }

    @Override
    public List<List<Completion>> generate(List<GenerationRequest> requests) {
      return learner.generate(requests);
    }

    @Override
    public List<float[]> logProbs(List<Sequence> sequences, double temperature) {
      return learner.logProbs(sequences, temperature);
    }

    @Override
    public void save(Path target) {
      learner.save(target);
    }

    @Override
    public void resetOptimizer() {
      learner.resetOptimizer();
    }

    @Override
    public void close() {
      closeSampler();
      learner.close();
    }

    private void closeSampler() {
      if (sampler != null) {
        sampler.close();
      }
    }
  }

  /**
   * Policies are for one thread at a time, samplers for several.
   *
   * @param asked counted down when completions are asked for
   */
  private record OneAtATime(Policy policy, CountDownLatch asked) implements Sampler {
    @Override
    public Tokenizer tokenizer() {
      return policy.tokenizer();
    }

    @Override
    public long version() {
      return policy.version();
    }

    @Override
    public List<List<Completion>> generate(List<GenerationRequest> requests) {
      asked.countDown();
      synchronized (policy) {
        return policy.generate(requests);
      }
    }
  }
}
