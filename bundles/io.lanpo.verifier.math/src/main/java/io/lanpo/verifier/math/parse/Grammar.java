package io.lanpo.verifier.math.parse;

import io.lanpo.verifier.math.tree.Expr;

/**
 * The rules of the grammar for terms, for the readers of its parts: what stands within a command or
 * between brackets is again a term.
 */
interface Grammar {
  /** A sum with its signs. */
  Expr sum();

  /** Factors side by side or with signs between. */
  Expr product();

  /** A factor with what stands behind it: powers, an index, a percent sign. */
  Expr factor();

  /** A number, a symbol, a command or what stands between brackets. */
  Expr primary();

  /** An exponent; a power without brackets goes to the right: {@code 2^3^2} is {@code 2^9}. */
  Expr exponent();

  /** What stands in braces, or the single sign that TeX takes without them. */
  Expr argument();

  /** What stands in braces. */
  Expr braces();

  /** The degree of a root, which ends with a square bracket. */
  Expr degree();

  /** Whether a factor may begin with a token, with no sign of multiplication before it. */
  boolean startsFactor(Token token);
}
