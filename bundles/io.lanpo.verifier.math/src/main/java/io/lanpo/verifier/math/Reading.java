package io.lanpo.verifier.math;

import io.lanpo.verifier.math.limit.Refusal;
import io.lanpo.verifier.math.parse.AnswerParser;
import io.lanpo.verifier.math.parse.Lexer;
import io.lanpo.verifier.math.parse.Token;
import io.lanpo.verifier.math.tree.Expr;
import io.lanpo.verifier.math.tree.Printer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reading of an answer.
 *
 * @param spelling its tokens; its characters when there are too many
 * @param tree what it says; null when it could not be read
 * @param refusal why not; null when it could
 */
record Reading(
    String spelling, List<Token> tokens, @Nullable Expr tree, @Nullable Refusal refusal) {

  /**
   * Reads.
   *
   * @param thousands whether a comma or space before three digits may separate thousands
   */
  static Reading of(String text, boolean thousands) {
    List<Token> tokens;
    try {
      tokens = Lexer.tokens(text, thousands);
    } catch (Refusal e) {
      return new Reading(text, List.of(), null, e);
    }
    String spelling = Lexer.spelling(tokens);
    try {
      return new Reading(spelling, tokens, AnswerParser.parse(tokens), null);
    } catch (Refusal e) {
      return new Reading(spelling, tokens, null, e);
    }
  }

  /** How it was read. */
  String show() {
    if (tree != null) {
      return Printer.show(tree);
    }
    String why = refusal == null ? "" : " (" + refusal.why() + ")";
    return "the text '" + Printer.cut(spelling) + "'" + why;
  }
}
