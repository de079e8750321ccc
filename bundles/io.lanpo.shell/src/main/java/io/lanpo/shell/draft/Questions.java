package io.lanpo.shell.draft;

import java.util.List;

/** Settles what a look at the files leaves open. */
@FunctionalInterface
public interface Questions {
  /**
   * One of some words.
   *
   * @param option of the command, by which the answer could have been given
   * @param question in a sentence
   * @param choices at least one; the first is the usual answer
   * @return one of the choices
   * @throws io.lanpo.api.component.UserException naming the option, when nobody can answer
   */
  String choose(String option, String question, List<String> choices);
}
