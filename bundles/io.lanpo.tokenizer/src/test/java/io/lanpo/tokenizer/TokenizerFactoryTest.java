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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerFactoryTest {
  private final TokenizerFactory factory = new TokenizerFactory();
  private final Tokenizer tokenizer =
      factory.ofWords(List.of("apply", "zim", "to", "7", "\"", "<b>"));

  @TempDir Path folder;

  @Test
  void wordsFollowTheSpecialTokens() {
    assertArrayEquals(new int[] {3, 4, 5, 6}, tokenizer.encode("apply zim to 7"));
    assertArrayEquals(new int[] {3, 4}, tokenizer.encode("  apply\n zim\t"));
    assertArrayEquals(new int[0], tokenizer.encode(" "));
    assertEquals(9, tokenizer.vocabularySize());
    assertEquals(2, tokenizer.endToken());
  }

  @Test
  void aPromptBeginsWithTheBeginToken() {
    assertArrayEquals(new int[] {1, 3, 4}, tokenizer.encode(new Prompt.Plain("apply zim")));
    assertArrayEquals(new int[] {1}, tokenizer.encode(new Prompt.Plain("")));
  }

  @Test
  void theTurnsOfAChatAreJoined() {
    Prompt chat =
        new Prompt.Chat(
            List.of(
                new Message(Message.Role.SYSTEM, "apply zim"),
                new Message(Message.Role.USER, "to 7")));
    assertArrayEquals(new int[] {1, 3, 4, 5, 6}, tokenizer.encode(chat));
  }

  @Test
  void decodingLeavesSpecialTokensOut() {
    assertEquals("apply zim", tokenizer.decode(new int[] {1, 3, 4, 2, 0}));
    assertEquals("", tokenizer.decode(new int[] {2}));
    assertThrows(IllegalArgumentException.class, () -> tokenizer.decode(new int[] {9}));
  }

  @ParameterizedTest
  @CsvSource({
    "apply zin to, 'zin' is not in the vocabulary, Did you mean zim",
    "apply <end> to, '<end>' is reserved, ",
  })
  void refusesAWordItDoesNotKnow(String text, String message, String nextStep) {
    UserException e = assertThrows(UserException.class, () -> tokenizer.encode(text));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.nextStep().contains(nextStep == null ? "" : nextStep), e.nextStep());
  }

  @Test
  void refusesWordsThatCannotBeTokens() {
    assertThrows(IllegalArgumentException.class, () -> factory.ofWords(List.of("a", "a")));
    assertThrows(IllegalArgumentException.class, () -> factory.ofWords(List.of("a b")));
    assertThrows(IllegalArgumentException.class, () -> factory.ofWords(List.of("<end>")));
  }

  @Test
  void isReadBackAsItWasWritten() {
    tokenizer.save(folder.resolve("new"));
    Tokenizer read = factory.open(folder.resolve("new"));
    assertEquals(tokenizer.vocabularySize(), read.vocabularySize());
    assertArrayEquals(tokenizer.encode("zim 7 \" <b>"), read.encode("zim 7 \" <b>"));
    assertEquals("to 7", read.decode(new int[] {5, 6}));
  }

  @Test
  void writesTheFilesOfHuggingFace() throws IOException {
    tokenizer.save(folder);
    JsonObject json =
        JsonParser.parseString(Files.readString(folder.resolve("tokenizer.json")))
            .getAsJsonObject();
    assertEquals("WordLevel", json.getAsJsonObject("model").get("type").getAsString());
    assertEquals(4, json.getAsJsonObject("model").getAsJsonObject("vocab").get("zim").getAsInt());
    assertEquals(
        "WhitespaceSplit", json.getAsJsonObject("pre_tokenizer").get("type").getAsString());
    assertEquals(3, json.getAsJsonArray("added_tokens").size());
    JsonObject config =
        JsonParser.parseString(Files.readString(folder.resolve("tokenizer_config.json")))
            .getAsJsonObject();
    assertEquals("<end>", config.get("eos_token").getAsString());
  }

  @Test
  void namesTheFileThatIsMissing() {
    UserException e = assertThrows(UserException.class, () -> factory.open(folder));
    assertTrue(
        e.getMessage().contains(folder.resolve("tokenizer.json") + " does not exist"),
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":{\"type\":\"BPE\"}} | is not a tokenizer",
        "{\"model\":{}} | is not a tokenizer",
        "{} | model is missing",
        "[] | not a JSON object",
        "{\"model\" | not JSON",
        "{\"model\":{\"type\":\"WordLevel\"}} | is not a tokenizer",
        "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"<pad>\":0,\"<bos>\":1,\"<end>\":2,\"b\":4}}}"
            + " | the word b must be one of 0 to 3",
        "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"<pad>\":0,\"<bos>\":1,\"<end>\":2,\"b\":\"x\"}}}"
            + " | the word b must be one of",
        "{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"<pad>\":0,\"<bos>\":1,\"<end>\":2}}}"
            + " | must be WhitespaceSplit",
      })
  void refusesAFileItCannotRead(String json, String message) throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), json);
    UserException e = assertThrows(UserException.class, () -> factory.open(folder));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertTrue(e.getMessage().contains("tokenizer.json"), e.getMessage());
  }
}
