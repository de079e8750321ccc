package io.lanpo.libs.question;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A text without what makes no other problem of it: Unicode's forms of the same character, case and
 * white space. Two texts with the same wording are the same problem.
 *
 * @param text in compatibility form (NFKC), lower case, with single spaces
 */
public record Wording(String text) {
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+|\\p{Nd}+");
  private static final int FRACTION_BITS = 53;

  /** The wording of a text. */
  public static Wording of(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return new Wording(SPACE.matcher(plain).replaceAll(" ").strip());
  }

  /**
   * Where the wording falls when texts are spread evenly: from 0, inclusive, to 1. It depends on
   * nothing but wording and purpose, so that what is decided by it stays when other texts come and
   * go.
   *
   * @param purpose places of different purposes are independent
   */
  public double place(String purpose) {
    byte[] hash = sha256().digest((purpose + "\n" + text).getBytes(StandardCharsets.UTF_8));
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << Byte.SIZE | hash[i] & 0xff;
    }
    return (bits >>> Long.SIZE - FRACTION_BITS) * 0x1p-53;
  }

  /** Of the different words and numerals of two wordings, the share that both have: 0 to 1. */
  public double shared(Wording other) {
    Set<String> all = words();
    Set<String> both = other.words();
    int sum = all.size() + both.size();
    both.retainAll(all);
    return sum == 0 ? 1 : (double) both.size() / (sum - both.size());
  }

  private Set<String> words() {
    return WORD.matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java runtime has it
    }
  }
}
