package io.lanpo.verifier.exact;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.math3.fraction.BigFraction;

/** Decides whether an answer equals a key: as text, then as exact numbers. */
final class Equality {
  private static final int HUNDRED = 100;
  private static final int LONGEST_SHOWN = 80;

  private static final Pattern WITH_UNIT =
      Pattern.compile("(" + NumberReader.NUMBER + ")\\s+\\p{L}++(?:/\\p{L}++)?+(?:\\^\\d)?+");
  private static final Pattern WRAPPED =
      Pattern.compile(
          "\\$\\$(.*)\\$\\$|\\$(.*)\\$|\\\\\\((.*)\\\\\\)|\\\\\\[(.*)\\\\]|\\*\\*(.*)\\*\\*|\\\\text\\{([^{}]*)}",
          Pattern.DOTALL);

  private final Conventions conventions;

  Equality(Conventions conventions) {
    this.conventions = conventions;
  }

  /**
   * A decision.
   *
   * @param equal whether answer and key are equal
   * @param explanation how both were read and which rule decided
   */
  record Decision(boolean equal, String explanation) {}

  /** A text, normalised, with the number it is, if it is one. */
  private record Reading(String text, Optional<BigFraction> number, boolean percent) {
    String describe() {
      return number
          .map(n -> "the number " + shown(n.toString().replace(" ", "")) + (percent ? "%" : ""))
          .orElse("the text '" + shown(text) + "'");
    }
  }

  /** Compares; the same arguments always give the same decision. */
  Decision compare(String answer, String key) {
    Reading wanted = read(key);
    Reading got = read(answer);
    String note = "";
    Matcher unit = WITH_UNIT.matcher(got.text);
    if (conventions.units()
        && wanted.number.isPresent()
        && !wanted.percent
        && got.number.isEmpty()
        && unit.matches()) {
      got = read(unit.group(1));
      note = " without its unit";
    }
    String readings =
        "read as %s%s and the key as %s".formatted(got.describe(), note, wanted.describe());
    if (got.text.equals(wanted.text)) {
      return new Decision(true, readings + " (the same text)");
    }
    if (got.number.isEmpty() || wanted.number.isEmpty()) {
      return new Decision(false, readings + " (different texts)");
    }
    boolean equal = got.number.equals(wanted.number) && got.percent == wanted.percent;
    return new Decision(equal, readings + (equal ? " (the same number)" : " (different numbers)"));
  }

  /** A text that is the same for answers that are equal; units are not looked at. */
  String canonical(String answer) {
    Reading reading = read(answer);
    return reading
        .number
        .map(n -> n.toString().replace(" ", "") + (reading.percent ? "%" : ""))
        .orElse(reading.text);
  }

  private Reading read(String raw) {
    String text = normalised(raw);
    String bare = text.replaceFirst("^([+-]?)\\\\?[$€£]\\s*(?=[\\d.])", "$1");
    boolean percent = bare.endsWith("%");
    if (percent) {
      bare = bare.substring(0, bare.length() - (bare.endsWith("\\%") ? 2 : 1)).strip();
    }
    Optional<BigFraction> number = NumberReader.read(bare);
    return switch (percent ? conventions.percent() : Percent.IGNORED) {
      case LITERAL -> new Reading(text, number, true);
      case IGNORED -> new Reading(text, number, false);
      case HUNDREDTH -> new Reading(text, number.map(n -> n.divide(HUNDRED)), false);
    };
  }

  /** White space, case, wrapping marks and closing punctuation do not count. */
  private String normalised(String raw) {
    String text = raw.strip().replaceAll("\\s+", " ");
    text = conventions.ignoreCase() ? text.toLowerCase(Locale.ROOT) : text;
    String before;
    do {
      before = text;
      Matcher wrapped = WRAPPED.matcher(text);
      if (wrapped.matches()) {
        for (int group = 1; group <= wrapped.groupCount(); group++) {
          text = wrapped.group(group) == null ? text : wrapped.group(group).strip();
        }
      }
      text = text.replaceFirst("[.,;:]$", "").strip();
    } while (!text.equals(before));
    return text;
  }

  /** A text cut to a length that fits a report. */
  static String shown(String text) {
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
