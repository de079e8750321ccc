package io.lanpo.similarity.minilm;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tokenizer of uncased BERT models (Devlin et al., arXiv 1810.04805): lower case without
 * accents, split at white space and punctuation, then each word into the longest known pieces from
 * the left.
 */
final class WordPieces {
  /** Words longer than this are unknown as a whole, as the model was trained. */
  private static final int LONGEST_WORD = 100;

  private final Map<String, Integer> vocabulary;

  private WordPieces(Map<String, Integer> vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * Reads the vocabulary of a {@code tokenizer.json}.
   *
   * @param json UTF-8; closed here
   */
  static WordPieces read(InputStream json) throws IOException {
    Map<String, Integer> vocabulary = new HashMap<>();
    try (Reader reader = new InputStreamReader(json, StandardCharsets.UTF_8)) {
      JsonObject file = JsonParser.parseReader(reader).getAsJsonObject();
      file.getAsJsonObject("model")
          .getAsJsonObject("vocab")
          .entrySet()
          .forEach(e -> vocabulary.put(e.getKey(), e.getValue().getAsInt()));
    }
    return new WordPieces(vocabulary);
  }

  /**
   * Token ids between the marks of begin and end.
   *
   * @param most tokens, marks included; the rest of the text is cut off
   */
  long[] encode(String text, int most) {
    List<Integer> ids = new ArrayList<>();
    ids.add(id("[CLS]"));
    for (String word : words(text)) {
      addPieces(word, ids);
    }
    if (ids.size() > most - 1) {
      ids.subList(most - 1, ids.size()).clear();
    }
    ids.add(id("[SEP]"));
    return ids.stream().mapToLong(Integer::longValue).toArray();
  }

  private void addPieces(String word, List<Integer> ids) {
    if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
      ids.add(id("[UNK]"));
      return;
    }
    List<Integer> pieces = new ArrayList<>();
    for (int from = 0; from < word.length(); ) {
      int to = word.length();
      Integer piece = null;
      while (to > from && piece == null) {
        String part = word.substring(from, to);
        piece = vocabulary.get(from == 0 ? part : "##" + part);
        to -= piece == null ? 1 : 0;
      }
      if (piece == null) {
        ids.add(id("[UNK]"));
        return;
      }
      pieces.add(piece);
      from = to;
    }
    ids.addAll(pieces);
  }

  private static List<String> words(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int c : plain.codePoints().toArray()) {
      if (isSpace(c)) {
        end(word, words);
      } else if (isMark(c) || isControl(c)) {
        continue;
      } else if (isPunctuation(c) || Character.isIdeographic(c)) {
        end(word, words);
        words.add(Character.toString(c));
      } else {
        word.appendCodePoint(c);
      }
    }
    end(word, words);
    return words;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (word.length() > 0) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.getType(c) == Character.SPACE_SEPARATOR;
  }

  private static boolean isMark(int c) {
    return Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private static boolean isControl(int c) {
    int type = Character.getType(c);
    return c == 0xFFFD || type == Character.CONTROL || type == Character.FORMAT;
  }

  /** Besides what Unicode calls punctuation, the signs of ASCII such as $, + and =. */
  private static boolean isPunctuation(int c) {
    if (c >= 33 && c <= 47 || c >= 58 && c <= 64 || c >= 91 && c <= 96 || c >= 123 && c <= 126) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private int id(String token) {
    Integer id = vocabulary.get(token);
    if (id == null) {
      throw new IllegalStateException("the vocabulary has no " + token);
    }
    return id;
  }
}
