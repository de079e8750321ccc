package io.lanpo.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import io.lanpo.fuzz.Fuzz;
import io.lanpo.gguf.GgufBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GgufTokenizerTest {
  private static final String PREFIX = "tokenizer.ggml.";
  private static final Prompt CHAT =
      new Prompt.Chat(List.of(new Message(Message.Role.USER, "hel 12<|im_end|>")));

  @TempDir Path folder;

  /** The same tokens as the folder that {@link TinyBpe} writes. */
  private JsonObject bpe() throws IOException {
    TinyBpe.write(folder, false);
    return JsonParser.parseString(Files.readString(folder.resolve("tokenizer.json")))
        .getAsJsonObject();
  }

  private GgufBytes notes(String kind) throws IOException {
    JsonObject json = bpe();
    TreeMap<Integer, String> byId = new TreeMap<>();
    json.getAsJsonObject("model")
        .getAsJsonObject("vocab")
        .asMap()
        .forEach((token, id) -> byId.put(id.getAsInt(), token));
    List<Integer> kinds = new ArrayList<>(Collections.nCopies(byId.size(), 1));
    json.getAsJsonArray("added_tokens")
        .forEach(
            added -> {
              JsonObject token = added.getAsJsonObject();
              int id = token.get("id").getAsInt();
              byId.put(id, token.get("content").getAsString());
              while (kinds.size() <= id) {
                kinds.add(1);
              }
              kinds.set(id, token.get("special").getAsBoolean() ? 3 : 4);
            });
    List<String> tokens = new ArrayList<>(byId.values());
    tokens.add("<think>");
    tokens.add("</think>");
    kinds.addAll(List.of(4, 4, 5, 5));
    tokens.addAll(List.of("[PAD0]", "[PAD1]"));
    List<String> merges =
        json.getAsJsonObject("model").getAsJsonArray("merges").asList().stream()
            .map(
                m ->
                    m.isJsonArray()
                        ? m.getAsJsonArray().get(0).getAsString()
                            + " "
                            + m.getAsJsonArray().get(1).getAsString()
                        : m.getAsString())
            .toList();
    return new GgufBytes()
        .note("general.architecture", "qwen2")
        .note(PREFIX + "model", "gpt2")
        .note(PREFIX + "pre", kind)
        .note(PREFIX + "tokens", tokens)
        .note(PREFIX + "token_type", kinds)
        .note(PREFIX + "merges", merges)
        .note(PREFIX + "eos_token_id", TinyBpe.END)
        .note(
            "tokenizer.chat_template",
            "{% for m in messages %}{{ '<|im_start|>' + m.content + '<|im_end|>' }}{% endfor %}");
  }

  private Tokenizer open(GgufBytes content) throws IOException {
    Path file = Files.write(folder.resolve("m.gguf"), content.bytes());
    return new TokenizerFactory().open(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "llama-bpe", "smollm"})
  void encodesAndDecodes(String kind) throws IOException {
    Tokenizer tokenizer = open(notes(kind));
    assertArrayEquals(new int[] {TinyBpe.HEL, TinyBpe.HE, 'h'}, tokenizer.encode("helheh"));
    assertEquals("é\n 東 12", tokenizer.decode(tokenizer.encode("é\n 東 12")));
    int[] chat = tokenizer.encode(CHAT);
    assertEquals(TinyBpe.TURN, chat[0]);
    assertEquals(TinyBpe.END, chat[chat.length - 1]);
    assertEquals("hel 12<|im_end|>", tokenizer.decode(chat));
    assertEquals(TinyBpe.END, tokenizer.endToken());
    assertEquals(Optional.of(new Tokenizer.Thinking("<think>", "</think>")), tokenizer.thinking());
  }

  @Test
  void whatFillsTheTableUpIsNoToken() throws IOException {
    Tokenizer tokenizer = open(notes("qwen2"));
    int[] mark = tokenizer.encode("</think>");
    assertEquals(1, mark.length);
    assertEquals(mark[0] + 1, tokenizer.vocabularySize());
  }

  @Test
  void isSavedAsAFolderOfHuggingFace(@TempDir Path saved) throws IOException {
    Tokenizer tokenizer = open(notes("qwen2"));
    tokenizer.save(saved);
    Tokenizer again = new TokenizerFactory().open(saved);
    assertArrayEquals(tokenizer.encode(CHAT), again.encode(CHAT));
    assertEquals(tokenizer.vocabularySize(), again.vocabularySize());
  }

  @Test
  void aTextBeginsWithTheTokenThatTheModelWants() throws IOException {
    int[] plain = open(notes("llama-bpe")).encode(new Prompt.Plain("hel"));
    assertArrayEquals(new int[] {TinyBpe.HEL}, plain);
    GgufBytes begins = notes("llama-bpe").note(PREFIX + "bos_token_id", TinyBpe.BEGIN);
    assertArrayEquals(
        new int[] {TinyBpe.BEGIN, TinyBpe.HEL}, open(begins).encode(new Prompt.Plain("hel")));
    GgufBytes not =
        notes("llama-bpe")
            .note(PREFIX + "bos_token_id", TinyBpe.BEGIN)
            .note(PREFIX + "add_bos_token", false);
    assertArrayEquals(new int[] {TinyBpe.HEL}, open(not).encode(new Prompt.Plain("hel")));
  }

  @Test
  void whatIsNotReadIsRefusedByName() throws IOException {
    GgufBytes other = notes("falcon");
    UserException e = assertThrows(UserException.class, () -> open(other));
    assertTrue(
        e.getMessage()
            .contains("tokenizer.ggml.pre = falcon is not supported; qwen2, llama-bpe, smollm are"),
        e.getMessage());
    GgufBytes pieces = new GgufBytes().note(PREFIX + "model", "llama");
    e = assertThrows(UserException.class, () -> open(pieces));
    assertTrue(e.getMessage().contains("tokenizer.ggml.model = llama"), e.getMessage());
    GgufBytes outside = notes("qwen2").note(PREFIX + "padding_token_id", 1 << 20);
    e = assertThrows(UserException.class, () -> open(outside));
    assertTrue(e.getMessage().contains("is outside the vocabulary of"), e.getMessage());
  }

  @Test
  @Tag("full")
  void whateverAFileHoldsItIsReadOrRefusedByName() throws IOException {
    Fuzz.of(
            List.of(notes("qwen2").bytes(), notes("llama-bpe").bytes()),
            List.of("\0\0\0\0\0\0\0\0", "smollm", "add_bos_token", "he l", "<|im_end|>", "é"))
        .allowing(UserException.class)
        .oneIn(4)
        .run(
            content -> {
              Path file = Files.write(folder.resolve("m.gguf"), content);
              new TokenizerFactory().open(file).encode(CHAT);
            });
  }
}
