package io.lanpo.tokenizer;

import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.SpecialTokens;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import io.lanpo.fuzz.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the files of a tokenizer hold, they are read, or refused by name. */
@Tag("full")
class TokenizerFuzzTest {
  private static final Prompt CHAT =
      new Prompt.Chat(List.of(new Message(Message.Role.USER, "hel<|im_end|> a</s>")));

  private static final String CONFIG =
      "{\"eos_token\": \"<|im_end|>\", \"bos_token\": {\"content\": \"<|begin|>\"},"
          + " \"chat_template\": \"{{ bos_token }}{{ messages[0].content }}<|im_end|>\"}";

  @TempDir private Path folder;

  private void open(SpecialTokens spelled) {
    Tokenizer tokenizer = new TokenizerFactory().open(folder, spelled);
    tokenizer.decode(tokenizer.encode(CHAT));
    tokenizer.decode(tokenizer.encode(new Prompt.Plain("a b hel")));
    tokenizer.decode(new int[] {tokenizer.endToken(), tokenizer.vocabularySize() - 1});
  }

  private void open(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
    open(SpecialTokens.TEXT);
    open(SpecialTokens.TOKEN);
  }

  @Test
  void tokenizerFiles() throws IOException {
    TinyBpe.write(folder, true);
    String bpe = Files.readString(folder.resolve(TokenizerFiles.TOKENIZER));
    String added =
        "{\"id\": %d, \"content\": \"%s\", \"special\": true, \"single_word\": false,"
            + " \"lstrip\": false, \"rstrip\": false, \"normalized\": false}";
    String unigram =
        "{\"version\": \"1.0\", \"added_tokens\": [%s, %s], \"model\": {\"type\": \"Unigram\","
            + " \"unk_id\": 0, \"vocab\": [[\"a\", -1.5], [\"<|im_end|>\", 0], [\"<|begin|>\", 0]]}}";
    new TokenizerFactory().ofWords(List.of("a", "b", "hel")).save(folder);
    String words = Files.readString(folder.resolve(TokenizerFiles.TOKENIZER));
    Files.writeString(folder.resolve(TokenizerFiles.CONFIG), CONFIG);
    Fuzz.ofTexts(
            List.of(
                bpe,
                unigram.formatted(
                    added.formatted(1, "<|im_end|>"), added.formatted(2, "<|begin|>")),
                words),
            List.of(
                "\"added_tokens\": [],",
                "\"added_tokens\": [{}],",
                "\"added_tokens\": [null],",
                "\"model\": {\"vocab\": [[]]},",
                "\"model\": {\"vocab\": [1]},",
                "\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}, \"merges\": []}",
                "\"normalizer\": {\"type\": \"NFC\"},",
                "\"special\": 1,",
                "\"id\": 1e99,",
                "\"content\": null,",
                "<|im_end|>"))
        .allowing(UserException.class)
        .run(content -> open(TokenizerFiles.TOKENIZER, content));
  }

  @Test
  void configurations() throws IOException {
    TinyBpe.write(folder, false);
    List<String> words =
        List.of(
            "\"chat_template\": [{\"name\": \"default\", \"template\": \"x\"}],",
            "\"chat_template\": [{\"name\": null}, 7],",
            "\"chat_template\": \"{{\",",
            "\"eos_token\": [],",
            "\"eos_token\": {},",
            "\"bos_token\": {\"content\": 7},");
    Fuzz.ofTexts(List.of(CONFIG), words)
        .allowing(UserException.class)
        .run(content -> open(TokenizerFiles.CONFIG, content));
    Files.writeString(folder.resolve(TokenizerFiles.CONFIG), "{}");
    Fuzz.ofTexts(List.of("{\"eos_token_id\": [7, 8]}", "{\"eos_token_id\": 9}"), words)
        .allowing(UserException.class)
        .run(content -> open("generation_config.json", content));
  }

  @Test
  void templates() throws IOException {
    TinyBpe.write(folder, false);
    Files.writeString(folder.resolve(TokenizerFiles.CONFIG), CONFIG);
    Fuzz.ofTexts(
            List.of(
                "{% for m in messages %}{{ '<|' + m.role + '|>' ~ m.content }}<|im_end|>{% endfor %}"),
            List.of("<|user|>", "<|im_start|>", "{{ bos_token }}", "| trim", "\ue000", "\ud800"))
        .allowing(UserException.class)
        .run(content -> open(HubFiles.TEMPLATE, content));
  }
}
