package io.lanpo.tokenizer;

import java.util.List;

/** The special tokens of a word-level tokenizer. */
final class SpecialWords {
  static final String PAD = "<pad>";
  static final String BEGIN = "<bos>";
  static final String END = "<end>";

  /** All of them; a token's place is its id. */
  static final List<String> ALL = List.of(PAD, BEGIN, END);

  private SpecialWords() {}
}
