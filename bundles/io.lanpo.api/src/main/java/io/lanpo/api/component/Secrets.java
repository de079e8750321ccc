package io.lanpo.api.component;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one rule for what must not be written down or shown: values of keys that give access to
 * something, and the user in an address. It is asked by everything that prints, logs, stores or
 * serves settings.
 *
 * <p>A key is judged by its last words: {@code policy.api_key}, {@code access-key}, {@code
 * hubToken} and {@code http.headers} are secret, {@code max-tokens}, {@code eos-token}, {@code
 * tokenizer} and {@code key-file} are not.
 */
public final class Secrets {
  /** What stands in the place of a value. */
  public static final String HIDDEN = "(not shown)";

  private static final Set<String> SECRET =
      Set.of(
          "apikey",
          "auth",
          "authorization",
          "bearer",
          "cookie",
          "cookies",
          "credential",
          "credentials",
          "headers",
          "passphrase",
          "passwd",
          "password",
          "pwd",
          "secret",
          "secrets");

  /** Words that make a key of a lock out of {@code key}. */
  private static final Set<String> OF_A_LOCK =
      Set.of("access", "api", "auth", "encryption", "private", "secret", "session", "signing");

  /** Words that make a token of a text out of {@code token}. */
  private static final Set<String> OF_TEXT =
      Set.of(
          "begin", "bos", "each", "end", "eos", "first", "last", "mask", "next", "pad", "per",
          "special", "start", "stop", "think", "unk");

  private static final Pattern WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern ADDRESS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)([^\\s\"'<>]*)");
  private static final Pattern PARAMETER = Pattern.compile("([?&;])([^=&;#\\s]+)=([^&;#\\s]+)");
  private static final Set<String> SIGNATURES = Set.of("key", "sig", "signature");

  /** Last words of keys with an address. */
  private static final Set<String> ADDRESSES = Set.of("address", "endpoint", "proxy", "uri", "url");

  private Secrets() {}

  /** Whether the value of a key gives access to something. */
  public static boolean isSecret(String key) {
    List<String> words = words(key);
    if (words.isEmpty()) {
      return false;
    }
    String last = words.get(words.size() - 1);
    String before = words.size() > 1 ? words.get(words.size() - 2) : "";
    return SECRET.contains(last)
        || (last.equals("key") && OF_A_LOCK.contains(before))
        || (last.equals("token") && !OF_TEXT.contains(before));
  }

  private static List<String> words(String key) {
    return WORDS
        .splitAsStream(key)
        .filter(word -> !word.isEmpty())
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }

  /** A value as it may be written down and shown. */
  public static String shown(String key, String value) {
    if (isSecret(key) && !value.isEmpty()) {
      return HIDDEN;
    }
    List<String> words = words(key);
    boolean address = !words.isEmpty() && ADDRESSES.contains(words.get(words.size() - 1));
    int at = value.lastIndexOf('@');
    String shown = shown(value);
    int colon = shown.replace("://***@", "@").indexOf(':');
    if (address && colon >= 0 && colon < at && !ADDRESS.matcher(value).matches()) {
      // whoever forgot the scheme or typed a space has given a password all the same
      return "***" + value.substring(at);
    }
    return shown;
  }

  /** Values by key, as they may be written down and shown, in the same order. */
  public static Map<String, String> shown(Map<String, String> values) {
    Map<String, String> shown = new LinkedHashMap<>();
    values.forEach((key, value) -> shown.put(key, shown(key, value)));
    return shown;
  }

  /** A text in which no address has a user, a password or a key. */
  public static String shown(String text) {
    if (!text.contains("://")) {
      return text;
    }
    return ADDRESS
        .matcher(text)
        .replaceAll(
            address -> Matcher.quoteReplacement(address.group(1) + withoutUser(address.group(2))));
  }

  private static String withoutUser(String rest) {
    int end = rest.length();
    for (char mark : new char[] {'/', '?', '#'}) {
      int at = rest.indexOf(mark);
      end = at < 0 ? end : Math.min(end, at);
    }
    String authority = rest.substring(0, end);
    int at = authority.lastIndexOf('@');
    if (at < 0 && authority.matches("[^:]*:.*[^0-9\\]].*") && authority.indexOf('[') != 0) {
      // no port: a password with a slash in it
      at = rest.lastIndexOf('@');
    }
    String open = at < 0 ? rest : "***" + rest.substring(at);
    return PARAMETER
        .matcher(open)
        .replaceAll(
            p ->
                Matcher.quoteReplacement(
                    p.group(1)
                        + p.group(2)
                        + "="
                        + (isSecret(p.group(2))
                                || SIGNATURES.contains(p.group(2).toLowerCase(Locale.ROOT))
                            ? "***"
                            : p.group(3))));
  }
}
