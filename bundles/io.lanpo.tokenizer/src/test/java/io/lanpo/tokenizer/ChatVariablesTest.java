package io.lanpo.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.SpecialTokens;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatVariablesTest {
  private static final String TEMPLATE =
      "{% if not day is defined %}{% set day = 'he' %}{% endif %}{% set mine = 1 %}"
          + "{% for m in messages %}{{ m.content }}{% endfor %}{{ day }}"
          + "{% if add_generation_prompt and enable_thinking is false %}x{{ level * 2 }}{% endif %}";
  private static final Prompt CHAT = new Prompt.Chat(List.of(new Message(Message.Role.USER, "h")));

  @TempDir Path folder;

  @BeforeEach
  void writeTokenizer() throws IOException {
    TinyBpe.write(folder, false);
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"<|im_end|>\"}");
    Files.writeString(folder.resolve("chat_template.jinja"), TEMPLATE);
  }

  private String prompt(SpecialTokens spelled, Map<String, Object> chat) {
    TokenizerService.Options options =
        new TokenizerService.Options(
            spelled,
            chat,
            "policy.chat.*",
            TokenizerService.Options.Marks.DECLARED,
            Optional.empty());
    Tokenizer tokenizer = new TokenizerFactory().open(folder, options);
    return tokenizer.decode(tokenizer.encode(CHAT));
  }

  @Test
  void theTemplateSeesThemWithTheirTypes() {
    for (SpecialTokens spelled : SpecialTokens.values()) {
      assertEquals("hhe", prompt(spelled, Map.of()));
      assertEquals("hhel", prompt(spelled, Map.of("day", "hel")));
      assertEquals("hhe", prompt(spelled, Map.of("enable_thinking", "false")));
      assertEquals("hhex42", prompt(spelled, Map.of("enable_thinking", false, "level", 21L)));
      assertEquals("hhex1.0", prompt(spelled, Map.of("enable_thinking", false, "level", 0.5)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "thinking | does not read thinking | It reads day, enable_thinking, level.",
        "mine | does not read mine | It reads day, enable_thinking, level.",
        "m | does not read m | It reads day, enable_thinking, level.",
        "messages | the platform itself says what messages is | It reads day, enable_thinking, level.",
        "add_generation_prompt | the platform itself says what | Remove the key.",
        "tools | the platform itself says what tools is | Remove the key.",
        "bos_token | the platform itself says what bos_token is | Remove the key.",
      })
  void oneThatHasNoEffectIsRefused(String name, String reason, String next) {
    UserException e =
        assertThrows(UserException.class, () -> prompt(SpecialTokens.TEXT, Map.of(name, true)));
    assertTrue(e.getMessage().startsWith("policy.chat." + name + " = true"), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertTrue(e.nextStep().contains(next), e.nextStep());
  }

  @Test
  void whereThereIsNoTemplateTheyAreRefused() throws IOException {
    Files.delete(folder.resolve("chat_template.jinja"));
    UserException e =
        assertThrows(UserException.class, () -> prompt(SpecialTokens.TEXT, Map.of("day", 1L)));
    assertTrue(e.getMessage().contains("has no chat template"), e.getMessage());
  }

  @Test
  void aModelOfWordsHasNone() {
    new TokenizerFactory().ofWords(List.of("a", "b")).save(folder);
    UserException e =
        assertThrows(UserException.class, () -> prompt(SpecialTokens.TEXT, Map.of("day", 1L)));
    assertTrue(e.getMessage().contains("does not read day"), e.getMessage());
  }
}
