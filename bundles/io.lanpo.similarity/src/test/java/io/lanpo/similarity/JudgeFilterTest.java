package io.lanpo.similarity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.similarity.TextGenerator;
import io.lanpo.api.task.Prompt;
import io.lanpo.api.task.Question;
import io.lanpo.libs.template.Format;
import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked, and what is refused; that a real policy answers is tested with the engine. */
class JudgeFilterTest {
  private static final Question QUERY = new Question("q", "How far is the station?");
  private static final Question OTHER = new Question("o", "How far is the {{other}} harbour?");

  /** Says one thing. */
  private static final class Parrot implements TextGenerator {
    private final List<Prompt> asked = new ArrayList<>();

    @Override
    public List<String> generate(List<Prompt> prompts, int maxTokens) {
      asked.addAll(prompts);
      assertEquals(6, maxTokens);
      return prompts.stream().map(p -> "0.7 or so").toList();
    }

    @Override
    public long version() {
      return 1;
    }
  }

  @Test
  void theShippedPromptAsksAboutBothProblems() throws IOException {
    Parrot parrot = new Parrot();
    double[] scores =
        filter(shipped()).fit(List.of(QUERY), parrot).scores(QUERY, List.of(OTHER, QUERY));
    assertArrayEquals(new double[] {0.7, 1}, scores);
    assertEquals(1, parrot.asked.size());
    Prompt.Chat chat = assertInstanceOf(Prompt.Chat.class, parrot.asked.get(0));
    String last = chat.messages().get(chat.messages().size() - 1).text();
    assertTrue(
        last.startsWith("Problem A: %s\nProblem B: %s\n".formatted(QUERY.text(), OTHER.text())));
    for (int i = 1; i < chat.messages().size(); i += 2) {
      String answer = chat.messages().get(i).text();
      assertTrue(new ScoreReader(1).read(answer).isPresent(), "an example of itself: " + answer);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prompt | {{question}} | prompt does not refer to {{other}} | Add it",
        "prompt | {{question}} {{othre}} {{other}} | unknown variable {{othre}} | Did you mean other",
        "examples | a b | examples has 'a b', which is not a prompt and a completion | =>",
        "full | 0 | full = 0 is not allowed; it must be a number above 0 | ",
      })
  void refusesWhatItCannotUse(String key, String value, String message, String nextStep) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("felix.fileinstall.filename", "file:configs/mine.cfg");
    properties.put("prompt", "{{question}} {{other}}");
    properties.put(key, value);
    UserException e = assertThrows(UserException.class, () -> filter(properties));
    assertTrue(e.getMessage().startsWith("configs/mine.cfg: "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.nextStep().contains(nextStep == null ? "" : nextStep), e.nextStep());
  }

  private static Map<String, Object> shipped() throws IOException {
    Properties read = new Properties();
    Path file = Path.of("../../configs/io.lanpo.similarity.judge~judge.cfg");
    try (Reader reader = Files.newBufferedReader(file)) {
      read.load(reader);
    }
    Map<String, Object> properties = new HashMap<>();
    read.forEach((key, value) -> properties.put(key.toString(), value));
    return properties;
  }

  /** As declarative services make it. */
  private static JudgeFilter filter(Map<String, Object> properties) {
    JudgeFilter.Config config =
        (JudgeFilter.Config)
            Proxy.newProxyInstance(
                JudgeFilterTest.class.getClassLoader(),
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
