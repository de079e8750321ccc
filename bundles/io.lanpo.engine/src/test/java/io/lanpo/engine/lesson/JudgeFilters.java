package io.lanpo.engine.lesson;

import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.AdamW;
import io.lanpo.api.policy.Loss;
import io.lanpo.api.policy.LossTerm;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sequence;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TrainingExample;
import io.lanpo.api.task.Prompt;
import io.lanpo.policy.djl.DjlPolicyBackend;
import io.lanpo.similarity.JudgeFilter;
import io.lanpo.tokenizer.TokenizerFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The filter {@code judge} and real policies, the smallest there are, for it to ask. */
public final class JudgeFilters {
  private JudgeFilters() {}

  /** A filter as declarative services make it; {@code options} are keys and values in turn. */
  public static JudgeFilter filter(Object... options) {
    Map<String, Object> properties = new HashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      properties.put(options[i].toString(), options[i + 1]);
    }
    JudgeFilter.Config config =
        (JudgeFilter.Config)
            Proxy.newProxyInstance(
                JudgeFilters.class.getClassLoader(),
                new Class<?>[] {JudgeFilter.Config.class},
                (proxy, method, args) -> value(method, properties));
    return new JudgeFilter(config, properties);
  }

  private static Object value(Method method, Map<String, Object> properties) {
    Object value = properties.get(method.getName().replace("$_$", "-"));
    return value == null ? method.getDefaultValue() : value;
  }

  /** A policy of a few thousand random weights that knows the words of some texts. */
  public static Policy policy(List<String> texts, long seed) {
    TreeSet<String> words = new TreeSet<>();
    texts.forEach(text -> words.addAll(Arrays.asList(text.strip().split("\\s+"))));
    TokenizerFactory tokenizers = new TokenizerFactory();
    DjlPolicyBackend backend = new DjlPolicyBackend(tokenizers);
    Map<String, String> shape =
        Map.of("width", "32", "heads", "2", "layers", "2", "context", "128");
    return backend.create(
        Settings.of("test", backend.settings(), shape),
        tokenizers.ofWords(List.copyOf(words)),
        seed);
  }

  /**
   * Has a policy learn answers by heart: it is nearly certain of every word, so that no rounding
   * makes it say another.
   */
  public static void teach(Policy policy, Map<String, String> answers) {
    for (int round = 0; round < 50; round++) {
      teach(policy, answers, 20);
      if (leastLogProb(policy, answers) > Math.log(0.9)) {
        return;
      }
    }
    throw new AssertionError("not learned: " + Math.exp(leastLogProb(policy, answers)));
  }

  private static double leastLogProb(Policy policy, Map<String, String> answers) {
    double least = 0;
    for (float[] words : policy.logProbs(sequences(policy, answers), 1)) {
      for (float word : words) {
        least = Math.min(least, word);
      }
    }
    return least;
  }

  /** Has a policy learn answers a little. */
  public static void teach(Policy policy, Map<String, String> answers, int updates) {
    List<TrainingExample> examples = new ArrayList<>();
    for (Sequence sequence : sequences(policy, answers)) {
      int length = sequence.completion().length;
      float[] scale = new float[length];
      Arrays.fill(scale, 1f / (answers.size() * length));
      examples.add(TrainingExample.supervised(sequence, scale));
    }
    LossTerm term = new LossTerm("answers", new Loss.CrossEntropy(), examples);
    AdamW step = new AdamW(5e-3, 0.9, 0.95, 1e-8, 0, 1);
    for (int i = 0; i < updates; i++) {
      policy.update(List.of(term), step);
    }
  }

  private static List<Sequence> sequences(Policy policy, Map<String, String> answers) {
    Tokenizer tokenizer = policy.tokenizer();
    List<Sequence> sequences = new ArrayList<>();
    answers.forEach(
        (prompt, answer) -> {
          int[] words = tokenizer.encode(answer);
          int[] completion = Arrays.copyOf(words, words.length + 1);
          completion[words.length] = tokenizer.endToken();
          sequences.add(new Sequence(tokenizer.encode(new Prompt.Plain(prompt)), completion));
        });
    return sequences;
  }
}
