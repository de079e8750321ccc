import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.Completion;
import io.lanpo.api.policy.GenerationRequest;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.Sampling;
import io.lanpo.api.similarity.TextGenerator;
import io.lanpo.api.similarity.SimilarityFilter.Scorer;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.libs.template.Format;
import io.lanpo.policy.djl.DjlPolicyBackend;
import io.lanpo.similarity.JudgeFilter;
import io.lanpo.tokenizer.TokenizerFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Scores of the filter judge for labelled pairs, by a model that was not trained for it.
 *
 * <pre>JudgeScores PAIRS CONFIGURATION MODEL OUT</pre>
 *
 * Writes a line for each pair: its score and what the model answered.
 */
public final class JudgeScores implements TextGenerator {
  private final Policy policy;
  private String last = "";
  private long tokens;

  private JudgeScores(Policy policy) {
    this.policy = policy;
  }

  public static void main(String[] args) throws IOException {
    TokenizerFactory tokenizers = new TokenizerFactory();
    DjlPolicyBackend backend = new DjlPolicyBackend(tokenizers);
    Settings settings = Settings.defaults(backend.settings());
    try (Policy policy = backend.open(Path.of(args[2]), settings);
        PrintStream out = new PrintStream(Files.newOutputStream(Path.of(args[3])), true, "UTF-8")) {
      JudgeScores respondent = new JudgeScores(policy);
      Scorer judge = filter(Path.of(args[1])).fit(List.of(), respondent);
      long start = System.nanoTime();
      int number = 0;
      for (String line : Files.readAllLines(Path.of(args[0]))) {
        JsonObject pair = JsonParser.parseString(line).getAsJsonObject();
        Question a = new Question(number + "a", pair.get("a").getAsString());
        Question b = new Question(number + "b", pair.get("b").getAsString());
        JsonObject judged = new JsonObject();
        judged.addProperty("pair", number++);
        judged.addProperty("score", judge.scores(a, List.of(b))[0]);
        judged.addProperty("answer", respondent.last);
        out.println(judged);
      }
      System.err.printf(
          "%d pairs, %s, %d tokens written, %.0f s%n",
          number, judge.takeFigures(), respondent.tokens, (System.nanoTime() - start) / 1e9);
    }
  }

  @Override
  public List<String> generate(List<Prompt> prompts, int maxTokens) {
    List<String> answers = new ArrayList<>();
    for (Prompt prompt : prompts) {
      int[] asked = policy.tokenizer().encode(prompt);
      Completion completion =
          policy.generate(List.of(new GenerationRequest(asked, 1, Sampling.at(0, maxTokens), 0)))
              .get(0)
              .get(0);
      tokens += completion.tokens().length;
      last = policy.tokenizer().decode(completion.tokens());
      answers.add(last);
    }
    return answers;
  }

  @Override
  public long version() {
    return 0;
  }

  /** As declarative services make it. */
  private static JudgeFilter filter(Path configuration) throws IOException {
    Properties read = new Properties();
    try (Reader reader = Files.newBufferedReader(configuration)) {
      read.load(reader);
    }
    Map<String, Object> properties = new HashMap<>();
    read.forEach((key, value) -> properties.put(key.toString(), value));
    JudgeFilter.Config config =
        (JudgeFilter.Config)
            Proxy.newProxyInstance(
                JudgeScores.class.getClassLoader(),
                new Class<?>[] {JudgeFilter.Config.class},
                (proxy, method, args) -> value(method, properties));
    return new JudgeFilter(config, properties);
  }

  private static Object value(Method method, Map<String, Object> properties) {
    Object value = properties.get(method.getName().replace("$_$", "-"));
    if (value == null) {
      return method.getDefaultValue();
    }
    if (method.getReturnType() == int.class) {
      return Integer.valueOf(value.toString());
    }
    if (method.getReturnType() == double.class) {
      return Double.valueOf(value.toString());
    }
    return method.getReturnType() == Format.class ? Format.valueOf(value.toString()) : value;
  }
}
