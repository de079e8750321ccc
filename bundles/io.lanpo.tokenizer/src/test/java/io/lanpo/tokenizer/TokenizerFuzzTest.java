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

  private static final String SPECIAL =
      "{\"id\": %d, \"content\": \"%s\", \"special\": true, \"single_word\": false,"
          + " \"lstrip\": false, \"rstrip\": true, \"normalized\": false}";

  /** As of Qwen2.5: the pattern of the words, and a normalizer. */
  private static final String QWEN =
      "{\"version\": \"1.0\", \"added_tokens\": [%s, %s], \"normalizer\": {\"type\": \"NFC\"},"
          + " \"pre_tokenizer\": {\"type\": \"Sequence\", \"pretokenizers\": [{\"type\": \"Split\","
          + " \"pattern\": {\"Regex\": \"(?i:'s|'t)|\\\\p{L}+|\\\\s+(?!\\\\S)\"}, \"behavior\": \"Isolated\","
          + " \"invert\": false}, {\"type\": \"Digits\", \"individual_digits\": true}]}, \"model\": {\"type\":"
          + " \"BPE\", \"dropout\": null, \"vocab\": {\"a\": 0, \"b\": 1, \"ab\": 2}, \"merges\": [[\"a\","
          + " \"b\"]], \"byte_fallback\": false, \"unk_token\": \"a\"}}";

  /** As of Llama 2: spaces are letters, bytes are tokens. */
  private static final String LLAMA =
      "{\"version\": \"1.0\", \"added_tokens\": [%s, %s], \"normalizer\": {\"type\": \"Sequence\","
          + " \"normalizers\": [{\"type\": \"Prepend\", \"prepend\": \"_\"}, {\"type\": \"Replace\", \"pattern\":"
          + " {\"String\": \" \"}, \"content\": \"_\"}]}, \"post_processor\": {\"type\": \"TemplateProcessing\","
          + " \"single\": [{\"SpecialToken\": {\"id\": \"<|begin|>\", \"type_id\": 0}}, {\"Sequence\": {\"id\":"
          + " \"A\", \"type_id\": 0}}], \"pair\": [{\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}, {\"Sequence\":"
          + " {\"id\": \"B\", \"type_id\": 1}}], \"special_tokens\": {\"<|begin|>\": {\"id\": \"<|begin|>\","
          + " \"ids\": [4], \"tokens\": [\"<|begin|>\"]}}}, \"decoder\": {\"type\": \"Sequence\", \"decoders\":"
          + " [{\"type\": \"Replace\", \"pattern\": {\"String\": \"_\"}, \"content\": \" \"}, {\"type\":"
          + " \"ByteFallback\"}, {\"type\": \"Fuse\"}, {\"type\": \"Strip\", \"content\": \" \", \"start\": 1,"
          + " \"stop\": 0}]}, \"model\": {\"type\": \"BPE\", \"vocab\": {\"_\": 0, \"a\": 1, \"_a\": 2},"
          + " \"merges\": [\"_ a\"], \"byte_fallback\": true, \"fuse_unk\": true, \"unk_token\": \"a\"}}";

  /** As of BERT and T5. */
  private static final String OTHERS =
      "{\"version\": \"1.0\", \"added_tokens\": [%s, %s], \"truncation\": {\"max_length\": 9, \"strategy\":"
          + " \"LongestFirst\", \"stride\": 0, \"direction\": \"Right\"}, \"normalizer\": {\"type\":"
          + " \"BertNormalizer\", \"clean_text\": true, \"handle_chinese_chars\": true, \"strip_accents\": null,"
          + " \"lowercase\": true}, \"pre_tokenizer\": {\"type\": \"Metaspace\", \"replacement\": \"_\","
          + " \"prepend_scheme\": \"always\", \"split\": true}, \"post_processor\": {\"type\":"
          + " \"BertProcessing\", \"sep\": [\"<|im_end|>\", 3], \"cls\": [\"<|begin|>\", 4]}, \"decoder\":"
          + " {\"type\": \"WordPiece\", \"prefix\": \"##\", \"cleanup\": true}, \"model\": {\"type\":"
          + " \"WordPiece\", \"unk_token\": \"a\", \"continuing_subword_prefix\": \"##\","
          + " \"max_input_chars_per_word\": 100, \"vocab\": {\"a\": 0, \"##a\": 1, \"_a\": 2}}}";

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
                    SPECIAL.formatted(1, "<|im_end|>"), SPECIAL.formatted(2, "<|begin|>")),
                QWEN.formatted(
                    SPECIAL.formatted(3, "<|im_end|>"), SPECIAL.formatted(4, "<|begin|>")),
                LLAMA.formatted(
                    SPECIAL.formatted(3, "<|im_end|>"), SPECIAL.formatted(4, "<|begin|>")),
                OTHERS.formatted(
                    SPECIAL.formatted(3, "<|im_end|>"), SPECIAL.formatted(4, "<|begin|>")),
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
                "\"Regex\": \"(\"",
                "\"Regex\": \"(a*)*$\"",
                "\"String\": \"\"",
                "\"unk_token\": \"nope\",",
                "\"continuing_subword_prefix\": \"##\",",
                "\"end_of_word_suffix\": \"</w>\",",
                "\"stride\": 9,",
                "\"max_length\": 0,",
                "\"dropout\": 2.0,",
                "\"byte_fallback\": true,",
                "\"type\": \"BPEDecoder\",",
                "\"type\": \"CTC\",",
                "\"type\": \"Sequence\",",
                "\"precompiled_charsmap\": \"AAAA\",",
                "\"type\": \"Precompiled\",",
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
