package io.lanpo.shell;

import io.lanpo.shell.completion.Choice;
import io.lanpo.shell.completion.LineCompleter;
import java.util.ArrayList;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.LineReaderImpl;

/**
 * Tab in an interactive shell: commands of the platform by what they declare, others as the Gogo
 * shell completes them.
 *
 * @param names the commands of the platform
 * @param ours completes them
 * @param others completes the rest
 */
record ShellCompleter(List<String> names, LineCompleter ours, Completer others)
    implements Completer {
  private static final String SCOPE = GogoCommands.SCOPE + ":";

  /**
   * Completes in a session from now on.
   *
   * @return takes it back
   */
  static Runnable attach(CommandSession session, List<String> names, LineCompleter ours) {
    if (!(session.get(Notices.READER) instanceof LineReaderImpl reader)) {
      return () -> {};
    }
    Completer before = reader.getCompleter();
    reader.setCompleter(new ShellCompleter(names, ours, before));
    return () -> reader.setCompleter(before);
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    List<String> words = new ArrayList<>(line.words().subList(0, line.wordIndex()));
    String word = line.word().substring(0, line.wordCursor());
    words.replaceAll(each -> each.startsWith(SCOPE) ? each.substring(SCOPE.length()) : each);
    boolean known =
        words.isEmpty()
            ? names.stream().anyMatch(name -> name.startsWith(word))
            : names.contains(words.get(0));
    if (!known) {
      others.complete(reader, line, candidates);
      return;
    }
    try {
      ours.complete(words, word).stream().map(ShellCompleter::candidate).forEach(candidates::add);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Candidate candidate(Choice choice) {
    String meaning = choice.meaning().isEmpty() ? null : choice.meaning();
    return new Candidate(choice.value(), choice.shown(), null, meaning, null, null, choice.whole());
  }
}
