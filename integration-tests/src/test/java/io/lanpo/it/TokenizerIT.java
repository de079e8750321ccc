package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The native tokenizers and the chat templates find their parts inside the framework. */
@ExtendWith(PaxExamExtension.class)
final class TokenizerIT {
  private static final Prompt CHAT =
      new Prompt.Chat(List.of(new Message(Message.Role.USER, "b a")));

  @OsgiService TokenizerService tokenizers;

  @Test
  void aChatIsLaidOutAndEncoded() throws IOException {
    Tokenizer tokenizer =
        open(
            "{% macro m(x) %}{{ x | upper | lower }}{% endmacro %}"
                + "{% for message in messages %}{{ m(message.content) }} <eos> {% endfor %}");
    assertArrayEquals(new int[] {1, 0, 2}, tokenizer.encode(CHAT));
    assertEquals("b a", tokenizer.decode(new int[] {1, 2, 0}));
    assertEquals(2, tokenizer.endToken());
  }

  @Test
  void aTemplateThatLoopsIsStopped() throws IOException {
    Tokenizer tokenizer = open("{% for i in range(1000000000) %}{% endfor %}");
    UserException e = assertThrows(UserException.class, () -> tokenizer.encode(CHAT));
    assertTrue(e.getMessage().contains("does not come to an end"), e.getMessage());
  }

  private Tokenizer open(String template) throws IOException {
    Path folder = Files.createTempDirectory("tokenizer");
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"version": "1.0",
         "added_tokens": [{"id": 2, "content": "<eos>", "single_word": false, "lstrip": false,
                           "rstrip": false, "normalized": false, "special": true}],
         "pre_tokenizer": {"type": "WhitespaceSplit"},
         "model": {"type": "WordLevel", "vocab": {"a": 0, "b": 1, "<eos>": 2}, "unk_token": "a"}}
        """);
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"<eos>\"}");
    Files.writeString(folder.resolve("chat_template.jinja"), template);
    return tokenizers.open(folder);
  }
}
