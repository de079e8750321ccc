package io.lanpo.shell.view;

import io.lanpo.api.reward.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;

/** Verdicts in words and as documents. */
public final class VerdictView {
  private VerdictView() {}

  /** {@code scored}, {@code abstained} or {@code failed}. */
  public static String word(Verdict verdict) {
    if (verdict instanceof Verdict.Scored) {
      return "scored";
    }
    return verdict instanceof Verdict.Abstained ? "abstained" : "failed";
  }

  /** {@code verdict}, {@code reward} (null without one) and {@code explanation}. */
  public static Map<String, Object> document(Verdict verdict) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("verdict", word(verdict));
    document.put("reward", verdict instanceof Verdict.Scored scored ? scored.reward() : Double.NaN);
    document.put("explanation", verdict.explanation());
    return document;
  }
}
