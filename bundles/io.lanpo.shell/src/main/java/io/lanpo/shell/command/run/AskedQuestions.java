package io.lanpo.shell.command.run;

import io.lanpo.api.component.UserException;
import io.lanpo.shell.draft.Questions;
import io.lanpo.shell.terminal.Keyboard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks the person at the keyboard, or takes the usual answer of everything.
 *
 * @param keyboard where answers are typed
 * @param usual whether nothing is asked
 * @param saying where questions are written, a line each
 * @param settled what was asked, with the answers
 */
record AskedQuestions(
    Keyboard keyboard, boolean usual, Consumer<String> saying, List<String> settled)
    implements Questions {

  AskedQuestions(Keyboard keyboard, boolean usual, Consumer<String> saying) {
    this(keyboard, usual, saying, new ArrayList<>());
  }

  @Override
  public String choose(String option, String question, List<String> choices) {
    String answer = usual ? choices.get(0) : asked(option, question, choices);
    settled.add("%s %s".formatted(option, answer));
    return answer;
  }

  private String asked(String option, String question, List<String> choices) {
    String words = String.join(", ", choices);
    if (!keyboard.present()) {
      throw new UserException(
          "it is not clear: " + question,
          "Give %s, one of %s; --yes takes %s.".formatted(option, words, choices.get(0)));
    }
    saying.accept("%s (%s) [%s]".formatted(question, words, choices.get(0)));
    while (true) {
      Optional<String> line = keyboard.line();
      if (line.isEmpty()) {
        throw new UserException(
            "the question was not answered: " + question, "Give " + option + ".");
      }
      String answer = line.get().strip();
      if (answer.isEmpty()) {
        return choices.get(0);
      }
      if (choices.contains(answer)) {
        return answer;
      }
      saying.accept("'%s' is none of %s".formatted(answer, words));
    }
  }
}
