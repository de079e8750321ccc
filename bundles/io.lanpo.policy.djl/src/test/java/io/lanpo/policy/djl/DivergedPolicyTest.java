package io.lanpo.policy.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.policy.djl.fixture.NumberTokens;
import io.lanpo.policy.djl.fixture.TinyDecoders;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy whose weights have become useless says which, in whatever it is asked for next. */
class DivergedPolicyTest {
  private final DjlPolicyBackend backend = new DjlPolicyBackend(new NumberTokens.Service());

  private Policy diverged(String family, String precision, double rate) {
    Map<String, String> given =
        Map.of("width", "24", "heads", "2", "family", family, "precision", precision);
    Policy policy =
        backend.create(
            Settings.of("test", backend.settings(), given),
            new NumberTokens(TinyDecoders.VOCABULARY),
            1);
    policy.update(List.of(TinyDecoders.supervised()), new AdamW(rate, .9, .95, 1e-8, 0, 1));
    return policy;
  }

  @ParameterizedTest
  @CsvSource({"micro, f32", "llama, f32", "micro, bf16", "llama, bf16"})
  void theWeightIsNamed(String family, String precision) {
    try (Policy policy = diverged(family, precision, 1e39)) {
      for (Executable call : calls(policy)) {
        UserException e = assertThrows(UserException.class, call);
        assertTrue(
            e.getMessage()
                .matches(
                    "after 1 updates the weight model\\.embed_tokens\\.weight is not finite: it has"
                        + " (NaN|-?Infinity): the model has diverged"),
            e.getMessage());
        assertTrue(e.nextStep().contains("optimizer.learning-rate"), e.nextStep());
      }
      assertEquals(1, policy.version());
    }
  }

  @Test
  void weightsThatAreOnlyTooLargeAreToldApart() {
    try (Policy policy = diverged("micro", "f32", 1e30)) {
      for (Executable call : calls(policy).subList(0, 2)) {
        UserException e = assertThrows(UserException.class, call);
        assertEquals(
            "after 1 updates the model computes log-probabilities that are not finite, though its"
                + " weights are",
            e.getMessage());
      }
      UserException e = assertThrows(UserException.class, calls(policy).get(2));
      assertTrue(e.getMessage().contains("is not finite: it has"), e.getMessage());
      assertTrue(e.getMessage().endsWith("so this update was not made"), e.getMessage());
    }
  }

  private static List<Executable> calls(Policy policy) {
    int[] prompt = TinyDecoders.tokens(5, 1);
    Sequence sequence = new Sequence(prompt, TinyDecoders.tokens(4, 2));
    float[] scale = new float[4];
    Arrays.fill(scale, .1f);
    LossTerm term =
        new LossTerm(
            "sft", new Loss.CrossEntropy(), List.of(TrainingExample.supervised(sequence, scale)));
    return List.of(
        () -> policy.generate(List.of(new GenerationRequest(prompt, 3, Sampling.at(1, 6), 1))),
        () -> policy.logProbs(List.of(sequence), 1),
        () -> policy.update(List.of(term), new AdamW(.01, .9, .95, 1e-8, 0, 1)));
  }
}
