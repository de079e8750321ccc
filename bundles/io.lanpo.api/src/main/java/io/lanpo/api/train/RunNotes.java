package io.lanpo.api.train;

import io.lanpo.api.component.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What people say about a run, so that they find it again. It changes nothing of what the run does.
 *
 * @param group a name that it shares with runs it belongs to; empty for none
 * @param tags words, sorted, each once
 * @param note a text of its own; empty for none
 */
public record RunNotes(String group, List<String> tags, String note) {
  /** Nothing is said. */
  public static final RunNotes NONE = new RunNotes("", List.of(), "");

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._+=-]{0,39}");
  private static final int LONGEST_NOTE = 4000;

  /**
   * Checks it.
   *
   * @throws UserException for a name that is not allowed and for a note that is too long
   */
  public RunNotes {
    tags = List.copyOf(new TreeSet<>(tags));
    List<String> names = new ArrayList<>(tags);
    if (!group.isEmpty()) {
      names.add(group);
    }
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        throw new UserException(
            "'%s' cannot be the name of a group or a tag".formatted(name),
            "Give up to 40 letters, digits and . _ + = - and begin with a letter or a digit.");
      }
    }
    if (note.length() > LONGEST_NOTE) {
      throw new UserException(
          "the note has %d characters".formatted(note.length()),
          "Give %d at most.".formatted(LONGEST_NOTE));
    }
  }

  /** The same in another group. */
  public RunNotes withGroup(String other) {
    return new RunNotes(other, tags, note);
  }

  /** The same with other tags. */
  public RunNotes withTags(List<String> other) {
    return new RunNotes(group, other, note);
  }

  /** The same with another note. */
  public RunNotes withNote(String other) {
    return new RunNotes(group, tags, other);
  }
}
