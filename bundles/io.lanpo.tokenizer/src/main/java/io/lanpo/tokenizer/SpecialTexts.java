package io.lanpo.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The special tokens of a tokenizer under names that nobody can write.
 *
 * <p>A template and the messages in it become one text, and the library makes a token of every
 * special token that is spelled there, whoever spelled it. So the library gets a {@code
 * tokenizer.json} in which the special tokens are called by random names, and only the template's
 * own words are translated to these. All else is the library's: where text is divided, and the
 * white space that a token takes with it. The ids are those of the file, so that the names, which
 * differ in every process, are seen nowhere.
 */
final class SpecialTexts {
  private static final String ADDED = "added_tokens";
  private static final String CONTENT = "content";
  private static final String MODEL = "model";
  private static final String VOCABULARY = "vocab";
  private static final String UNKNOWN = "unk_token";

  private final List<Special> longestFirst;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Pattern anyName;

  /**
   * A special token.
   *
   * @param alone whether it counts only where no letter, digit or underscore is beside it
   */
  private record Special(String text, boolean alone) {
    boolean isAt(String whole, int at) {
      int end = at + text.length();
      return whole.startsWith(text, at)
          && !(alone
              && (at > 0 && isWord(whole.charAt(at - 1))
                  || end < whole.length() && isWord(whole.charAt(end))));
    }

    private static boolean isWord(char c) {
      return Character.isLetterOrDigit(c) || c == '_';
    }

    /** Whether it could be a word of a template's own grammar, as a role is. */
    boolean isPlainWord() {
      return text.codePoints().allMatch(Character::isLetterOrDigit);
    }
  }

  private SpecialTexts(List<Special> specials) {
    longestFirst =
        specials.stream()
            .sorted(Comparator.comparingInt((Special s) -> -s.text().length()))
            .toList();
    String secret = UUID.randomUUID().toString().replace("-", "");
    for (Special special : longestFirst) {
      String name = "%s%06d".formatted(secret, names.size());
      names.put(special.text(), name);
      texts.put(name, special.text());
    }
    anyName = Pattern.compile(secret + "\\d{6}");
  }

  /** Those of a {@code tokenizer.json}. */
  static SpecialTexts of(JsonObject tokenizer) {
    List<Special> specials = new ArrayList<>();
    if (tokenizer.get(ADDED) instanceof JsonArray added) {
      for (JsonElement token : added) {
        if (token instanceof JsonObject object
            && new JsonPrimitive(true).equals(object.get("special"))
            && object.get(CONTENT) instanceof JsonPrimitive content
            && !content.getAsString().isEmpty()) {
          boolean alone = new JsonPrimitive(true).equals(object.get("single_word"));
          specials.add(new Special(content.getAsString(), alone));
        }
      }
    }
    return new SpecialTexts(specials);
  }

  /** The same file with the names in place of the texts. */
  JsonObject renamed(JsonObject tokenizer) {
    JsonObject renamed = shallow(tokenizer);
    if (tokenizer.get(ADDED) instanceof JsonArray added) {
      JsonArray tokens = new JsonArray();
      for (JsonElement token : added) {
        JsonObject copy = token.getAsJsonObject().deepCopy();
        copy.add(CONTENT, name(copy.get(CONTENT)));
        tokens.add(copy);
      }
      renamed.add(ADDED, tokens);
    }
    if (tokenizer.get(MODEL) instanceof JsonObject model) {
      renamed.add(MODEL, renamedModel(model));
    }
    return renamed;
  }

  /** The tokens that the model knows as well; otherwise it could find their texts by itself. */
  private JsonObject renamedModel(JsonObject model) {
    JsonObject renamed = shallow(model);
    if (model.get(UNKNOWN) instanceof JsonPrimitive unknown) {
      renamed.add(UNKNOWN, name(unknown));
    }
    if (model.get(VOCABULARY) instanceof JsonObject byToken
        && names.keySet().stream().anyMatch(byToken::has)) {
      JsonObject vocabulary = new JsonObject();
      byToken.asMap().forEach((token, id) -> vocabulary.add(names.getOrDefault(token, token), id));
      renamed.add(VOCABULARY, vocabulary);
    } else if (model.get(VOCABULARY) instanceof JsonArray byId) {
      JsonArray vocabulary = new JsonArray();
      for (JsonElement entry : byId) {
        JsonArray pair = entry.getAsJsonArray();
        if (names.containsKey(pair.get(0).getAsString())) {
          JsonArray copy = pair.deepCopy();
          copy.set(0, name(pair.get(0)));
          pair = copy;
        }
        vocabulary.add(pair);
      }
      renamed.add(VOCABULARY, vocabulary);
    }
    return renamed;
  }

  private static JsonObject shallow(JsonObject object) {
    JsonObject copy = new JsonObject();
    object.asMap().forEach(copy::add);
    return copy;
  }

  private JsonElement name(JsonElement text) {
    String name = text instanceof JsonPrimitive word ? names.get(word.getAsString()) : null;
    return name == null ? text : new JsonPrimitive(name);
  }

  /**
   * A text of a template with the names of the special tokens in it. Plain words stay: they may be
   * the template's grammar, as the name of a role, and no token at all.
   */
  String named(String text) {
    return replaced(text, special -> !special.isPlainWord());
  }

  /** A text with the names of some special tokens in it. */
  String named(String text, Set<String> only) {
    return replaced(text, special -> only.contains(special.text()));
  }

  private String replaced(String text, Predicate<Special> wanted) {
    StringBuilder replaced = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      Special found = at(text, at);
      if (found == null) {
        replaced.append(text.charAt(at++));
      } else {
        replaced.append(wanted.test(found) ? names.get(found.text()) : found.text());
        at += found.text().length();
      }
    }
    return replaced.toString();
  }

  /** A text with names in it as the file spells them. */
  String texts(String named) {
    return anyName
        .matcher(named)
        .replaceAll(found -> Matcher.quoteReplacement(texts.getOrDefault(found.group(), "")));
  }

  /** The special tokens that a text spells. */
  Set<String> spelled(String text) {
    Set<String> spelled = new TreeSet<>();
    int at = 0;
    while (at < text.length()) {
      Special found = at(text, at);
      at += found == null ? 1 : found.text().length();
      if (found != null) {
        spelled.add(found.text());
      }
    }
    return spelled;
  }

  /**
   * A text in which some special tokens are not spelled any more: a mark follows the first
   * character of each.
   */
  String marked(String text, Set<String> only, char mark) {
    StringBuilder marked = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      Special found = at(text, at);
      int next = at + Character.charCount(text.codePointAt(at));
      marked.append(text, at, next);
      if (found != null && only.contains(found.text())) {
        marked.append(mark);
      }
      at = next;
    }
    return marked.toString();
  }

  private @Nullable Special at(String text, int at) {
    for (Special special : longestFirst) {
      if (special.isAt(text, at)) {
        return special;
      }
    }
    return null;
  }
}
