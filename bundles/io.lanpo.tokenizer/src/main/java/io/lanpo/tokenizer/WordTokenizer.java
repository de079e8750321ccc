package io.lanpo.tokenizer;

import io.lanpo.api.component.Names;
import io.lanpo.api.component.UserException;
import io.lanpo.api.policy.Tokenizer;
import io.lanpo.api.task.Message;
import io.lanpo.api.task.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One token per word; words are separated by white space. There is no token for unknown words: a
 * small closed vocabulary that meets one is a mistake in a task or a template, and hiding it would
 * spoil a run.
 */
final class WordTokenizer implements Tokenizer {
  private static final int BEGIN_ID = SpecialWords.ALL.indexOf(SpecialWords.BEGIN);
  private static final int END_ID = SpecialWords.ALL.indexOf(SpecialWords.END);

  private final List<String> words;
  private final Map<String, Integer> ids = new HashMap<>();

  /**
   * @param words every word by its id, the special ones first
   */
  private WordTokenizer(List<String> words) {
    this.words = List.copyOf(words);
    for (int id = SpecialWords.ALL.size(); id < words.size(); id++) {
      ids.put(words.get(id), id);
    }
  }

  /**
   * A tokenizer for these words.
   *
   * @throws IllegalArgumentException when a word is special, occurs twice, is empty or contains
   *     white space
   */
  static WordTokenizer of(List<String> words) {
    List<String> all = new ArrayList<>(SpecialWords.ALL);
    all.addAll(words);
    Map<String, Integer> seen = new HashMap<>();
    for (String word : all) {
      if (!word.matches("\\S+")) {
        throw new IllegalArgumentException("not a word: '" + word + "'");
      }
      if (seen.merge(word, 1, Integer::sum) > 1) {
        throw new IllegalArgumentException("the word " + word + " occurs twice");
      }
    }
    return new WordTokenizer(all);
  }

  @Override
  public int[] encode(String text) {
    return text.isBlank() ? new int[0] : encode(text.strip().split("\\s+"), 0);
  }

  /** Plain text gets the begin-of-sequence token in front; the turns of a chat are joined. */
  @Override
  public int[] encode(Prompt prompt) {
    String text =
        prompt instanceof Prompt.Chat chat
            ? chat.messages().stream().map(Message::text).collect(Collectors.joining(" "))
            : prompt.text();
    String[] parts = text.isBlank() ? new String[0] : text.strip().split("\\s+");
    int[] tokens = encode(parts, 1);
    tokens[0] = BEGIN_ID;
    return tokens;
  }

  /** Encodes words, leaving room for tokens in front. */
  private int[] encode(String[] parts, int front) {
    int[] tokens = new int[front + parts.length];
    for (int i = 0; i < parts.length; i++) {
      Integer id = ids.get(parts[i]);
      if (id == null) {
        throw unknown(parts, i);
      }
      tokens[front + i] = id;
    }
    return tokens;
  }

  private UserException unknown(String[] parts, int at) {
    int from = Math.max(0, at - 4);
    String around = String.join(" ", List.of(parts).subList(from, at + 1));
    String what =
        SpecialWords.ALL.contains(parts[at])
            ? "is reserved and may not occur in a text"
            : "is not in the vocabulary";
    List<String> near = Names.nearest(parts[at], ids.keySet());
    return new UserException(
        "the word '%s' %s of %d words (in: … %s)".formatted(parts[at], what, words.size(), around),
        "This policy knows only the words of its task."
            + (near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?"));
  }

  @Override
  public String decode(int[] tokens) {
    StringBuilder text = new StringBuilder();
    for (int token : tokens) {
      if (token < 0 || token >= words.size()) {
        throw new IllegalArgumentException(
            "token %d is outside the vocabulary of %d".formatted(token, words.size()));
      }
      if (token >= SpecialWords.ALL.size()) {
        text.append(text.isEmpty() ? "" : " ").append(words.get(token));
      }
    }
    return text.toString();
  }

  @Override
  public int endToken() {
    return END_ID;
  }

  @Override
  public int vocabularySize() {
    return words.size();
  }

  @Override
  public void save(Path folder) {
    WordLevelFiles.write(words, folder);
  }
}
