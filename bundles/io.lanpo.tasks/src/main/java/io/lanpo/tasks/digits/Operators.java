package io.lanpo.tasks.digits;

import java.util.List;

/** The operator words of the small worlds, in four lists without overlap. */
public final class Operators {
  /** Operators to be learned; a task takes them from the front. */
  public static final List<String> TASK =
      split(
          "zim bok tarn fep lud quor mib sarp dax wug blick gorp nim pell rux tove yat crum fliv hesk"
              + " jorn kalp morb plon");

  /** Operators that no training meets after the cold start: for looking at what carries over. */
  public static final List<String> HELD_OUT = split("brint chod drell eft glim harn islo jant");

  /** Operators that mean the same throughout the cold start. */
  public static final List<String> KNOWN = split("ane bif cav dol erf gim hod ivo jup kes lom nax");

  /** Operators that mean something else in every demonstration, in the cold start and in replay. */
  public static final List<String> PRACTICE = split("snid trel ulm vosk krin lorp munt norb");

  private Operators() {}

  private static List<String> split(String words) {
    return List.of(words.split(" "));
  }
}
