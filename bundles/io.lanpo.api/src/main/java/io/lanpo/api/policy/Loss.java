package io.lanpo.api.policy;

import io.lanpo.api.component.UserException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** What a policy minimises. Sums run over the completion tokens of all examples of a term. */
public sealed interface Loss {
  /** Supervised learning: {@code Σ scale · −log p}. */
  record CrossEntropy() implements Loss {}

  /** How a probability ratio ρ becomes a gain. */
  enum SurrogateForm {
    /** PPO's lesser of two: {@code min(ρ·A, clip(ρ)·A)}; a clipped token has no gradient. */
    PPO,
    /**
     * CISPO (arXiv 2506.13585, eq. 4): {@code clip(ρ)·A·log p}, where no gradient goes through the
     * clipped ratio; every token keeps one.
     */
    CISPO
  }

  /** Estimators of the KL divergence from the reference by one sample, r = log p_ref − log p. */
  enum KlEstimator {
    /** {@code −r}; unbiased, but as a loss its gradient is zero in the mean. */
    K1,
    /** {@code r²/2}. */
    K2,
    /** {@code exp(r) − r − 1}, as in GRPO (arXiv 2402.03300, eq. 4). */
    K3
  }

  /**
   * The clipped surrogate of PPO (arXiv 1707.06347, eq. 7) with separate bounds (clip-higher, arXiv
   * 2503.14476), a KL penalty and an entropy bonus:
   *
   * <pre>
   * ρ = exp(log p − log p_sampling)
   * loss = Σ scale · ( −gain + klCoefficient · KL − entropyCoefficient · H )
   * gain = min(ρ·A, clip(ρ, 1−clipLow, 1+clipHigh)·A)       PPO
   *        at least dualClip·A where A &lt; 0                  with a dual clip
   *        stop(clip(ρ, 1−clipLow, 1+clipHigh))·A·log p     CISPO
   * </pre>
   *
   * <p>The entropy H is that of the distribution at {@code temperature}, as in TRL and verl, and is
   * weighted by the token's scale, as in verl; TRL takes its mean over tokens whatever the loss is
   * divided by.
   *
   * @param clipLow how far below one the ratio counts, 0 to 1
   * @param clipHigh how far above one the ratio counts, at least 0
   * @param klCoefficient weight of the KL penalty, at least 0; above 0 every example needs
   *     reference log-probabilities
   * @param temperature the sampling temperature; logits are divided by it, so that the ratio is one
   *     before the first update
   * @param form how a ratio becomes a gain
   * @param dualClip the most that a ratio counts where the advantage is negative, above 1
   *     (dual-clip PPO, arXiv 1912.09729; TRL's {@code delta}); {@code POSITIVE_INFINITY} or 0 for
   *     no bound; only with {@link SurrogateForm#PPO}
   * @param klEstimator what stands for KL
   * @param entropyCoefficient weight of the entropy bonus, at least 0
   */
  record ClippedSurrogate(
      double clipLow,
      double clipHigh,
      double klCoefficient,
      double temperature,
      SurrogateForm form,
      double dualClip,
      KlEstimator klEstimator,
      double entropyCoefficient)
      implements Loss {
    public ClippedSurrogate {
      dualClip = dualClip == 0 ? Double.POSITIVE_INFINITY : dualClip;
      if (!(clipLow >= 0 && clipLow <= 1)
          || !(clipHigh >= 0)
          || !(klCoefficient >= 0)
          || !(temperature > 0)
          || !(dualClip > 1)
          || !(entropyCoefficient >= 0)) {
        throw new IllegalArgumentException(
            ("0 <= clipLow <= 1, clipHigh >= 0, klCoefficient >= 0, temperature > 0, dualClip > 1,"
                    + " entropyCoefficient >= 0; got %s, %s, %s, %s, %s, %s")
                .formatted(
                    clipLow, clipHigh, klCoefficient, temperature, dualClip, entropyCoefficient));
      }
      if (form == SurrogateForm.CISPO && dualClip != Double.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "CISPO clips every ratio already; a dual clip of %s is PPO's".formatted(dualClip));
      }
    }

    /** PPO's form with the k3 estimator, without a dual clip and an entropy bonus. */
    public ClippedSurrogate(
        double clipLow, double clipHigh, double klCoefficient, double temperature) {
      this(
          clipLow,
          clipHigh,
          klCoefficient,
          temperature,
          SurrogateForm.PPO,
          Double.POSITIVE_INFINITY,
          KlEstimator.K3,
          0);
    }

    /** The same with another form. */
    public ClippedSurrogate withForm(SurrogateForm other) {
      return new ClippedSurrogate(
          clipLow,
          clipHigh,
          klCoefficient,
          temperature,
          other,
          dualClip,
          klEstimator,
          entropyCoefficient);
    }

    /** The same with a dual clip; 0 for none. */
    public ClippedSurrogate withDualClip(double bound) {
      return new ClippedSurrogate(
          clipLow,
          clipHigh,
          klCoefficient,
          temperature,
          form,
          bound,
          klEstimator,
          entropyCoefficient);
    }

    /** The same with another estimator of the KL divergence. */
    public ClippedSurrogate withKlEstimator(KlEstimator other) {
      return new ClippedSurrogate(
          clipLow, clipHigh, klCoefficient, temperature, form, dualClip, other, entropyCoefficient);
    }

    /** The same with an entropy bonus. */
    public ClippedSurrogate withEntropy(double coefficient) {
      return new ClippedSurrogate(
          clipLow, clipHigh, klCoefficient, temperature, form, dualClip, klEstimator, coefficient);
    }

    /** Whether it is what the four numbers alone say. */
    public boolean plain() {
      return form == SurrogateForm.PPO
          && dualClip == Double.POSITIVE_INFINITY
          && (klEstimator == KlEstimator.K3 || klCoefficient == 0)
          && entropyCoefficient == 0;
    }
  }

  /**
   * A loss of one's own, as a function of the tokens' log-probabilities. It sees whole sequences
   * and the whole term, so that a ratio may be a sequence's (GSPO) and a weight may depend on other
   * completions. It costs a forward pass more than the other losses.
   *
   * @param loss the function
   * @param temperature divides the logits
   */
  record Custom(TokenLoss loss, double temperature) implements Loss {
    public Custom {
      if (!(temperature > 0)) {
        throw new IllegalArgumentException("temperature > 0; got " + temperature);
      }
    }

    /**
     * Asks the function, and checks what it says; for backends.
     *
     * @param term the term's name, for messages
     * @throws UserException when it fails, or says something that cannot be learned from
     */
    public List<TokenLoss.Outcome> outcomes(
        String term, List<TrainingExample> examples, List<float[]> logProbs) {
      List<TokenLoss.Outcome> outcomes;
      try {
        outcomes = loss.of(examples, logProbs);
      } catch (UserException | CancellationException e) {
        throw e;
      } catch (RuntimeException | LinkageError e) { // a bundle may lack a class that it needs
        throw wrong(term, "failed: " + e, e);
      }
      if (outcomes == null || outcomes.size() != examples.size()) {
        String count = outcomes == null ? "null" : outcomes.size() + " outcomes";
        throw wrong(term, "gave %s for %d examples".formatted(count, examples.size()), null);
      }
      for (int i = 0; i < examples.size(); i++) {
        String fault = fault(outcomes.get(i), logProbs.get(i).length);
        if (!fault.isEmpty()) {
          throw wrong(term, "gave %s, for example %d".formatted(fault, i), null);
        }
      }
      return List.copyOf(outcomes);
    }

    private static String fault(TokenLoss.@Nullable Outcome outcome, int tokens) {
      if (outcome == null) {
        return "null";
      }
      float[] slopes = outcome.slopes();
      if (slopes.length != tokens) {
        return "%d slopes for %d tokens".formatted(slopes.length, tokens);
      }
      for (int t = 0; t < tokens; t++) {
        if (!Float.isFinite(slopes[t])) {
          return "the slope %s at token %d".formatted(slopes[t], t);
        }
      }
      return Double.isFinite(outcome.loss()) ? "" : "the loss " + outcome.loss();
    }

    private UserException wrong(String term, String what, @Nullable Throwable cause) {
      return new UserException(
          "the loss of the term %s (%s) %s".formatted(term, loss.getClass().getName(), what),
          "The weights are as before. Correct the loss: one outcome for each example, with a finite"
              + " slope for each completion token.",
          cause);
    }
  }
}
