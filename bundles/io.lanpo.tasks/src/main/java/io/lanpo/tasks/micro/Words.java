package io.lanpo.tasks.micro;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The words of the micro-world. Its operator words come in four lists without overlap. */
final class Words {
  /** Operators to be learned; a task takes them from the front. */
  static final List<String> TASK =
      split(
          "zim bok tarn fep lud quor mib sarp dax wug blick gorp nim pell rux tove yat crum fliv hesk"
              + " jorn kalp morb plon");

  /** Operators that no training meets after the cold start: for looking at what carries over. */
  static final List<String> HELD_OUT = split("brint chod drell eft glim harn islo jant");

  /** Operators that have a rule of their own throughout the cold start. */
  static final List<String> KNOWN = split("ane bif cav dol erf gim hod ivo jup kes lom nax");

  /** Operators that mean something else in every demonstration, in the cold start and in replay. */
  static final List<String> PRACTICE = split("snid trel ulm vosk krin lorp munt norb");

  private Words() {}

  /** Every word, always in the same order. */
  static List<String> all() {
    List<String> all = new ArrayList<>(Sentences.WORDS);
    all.addAll(ReviewGrammar.WORDS);
    IntStream.range(0, 10).mapToObj(Integer::toString).forEach(all::add);
    Arrays.stream(Permutation.values()).map(Permutation::word).forEach(all::add);
    Arrays.stream(Overwrite.Place.values()).map(Overwrite.Place::word).forEach(all::add);
    all.addAll(TASK);
    all.addAll(HELD_OUT);
    all.addAll(KNOWN);
    all.addAll(PRACTICE);
    return List.copyOf(all);
  }

  private static List<String> split(String words) {
    return List.of(words.split(" "));
  }
}
