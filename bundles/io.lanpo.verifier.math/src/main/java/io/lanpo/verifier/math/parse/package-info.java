/**
 * From the text of an answer, in TeX or plain notation, to a tree: {@link
 * io.lanpo.verifier.math.parse.Lexer} cuts it into tokens, {@link
 * io.lanpo.verifier.math.parse.AnswerParser} reads them by recursive descent. Each reader reads one
 * part of the grammar: the answer as a whole, terms, commands, brackets.
 */
@NullMarked
package io.lanpo.verifier.math.parse;

import org.jspecify.annotations.NullMarked;
