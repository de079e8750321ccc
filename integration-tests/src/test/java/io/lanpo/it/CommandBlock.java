package io.lanpo.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a page of the documentation.
 *
 * @param page its file
 * @param line of its opening fence, from 1
 * @param language the word behind the fence: {@code sh}, {@code console}, …; empty when there is
 *     none
 * @param mark what stands in the comment right above it, such as {@code needs: GPUs}
 * @param text its lines
 */
record CommandBlock(
    Path page, int line, String language, Optional<String> mark, List<String> text) {
  private static final Pattern FENCE = Pattern.compile("\\s*```(\\S*).*");
  private static final Pattern COMMENT = Pattern.compile("\\s*<!-- (.*) -->");
  private static final String SHELL = "$ ";
  private static final String PLATFORM = "lanpo> ";

  /**
   * A command.
   *
   * @param line where it begins, from 1
   * @param words as they are typed, a continued line as one
   * @param typed lines that are typed into {@code lanpo shell}, which it opens; mostly none
   */
  record Command(int line, String words, List<String> typed) {}

  /** All blocks of a page, in its order. */
  static List<CommandBlock> of(Path page) throws IOException {
    List<String> lines = Files.readAllLines(page);
    List<CommandBlock> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int end = i + 1;
        while (!FENCE.matcher(lines.get(end)).matches()) {
          end++;
        }
        blocks.add(
            new CommandBlock(
                page,
                i + 1,
                fence.group(1),
                i == 0 ? Optional.empty() : comment(lines.get(i - 1)),
                List.copyOf(lines.subList(i + 1, end))));
        i = end;
      }
    }
    return blocks;
  }

  private static Optional<String> comment(String line) {
    Matcher comment = COMMENT.matcher(line);
    return comment.matches() ? Optional.of(comment.group(1)) : Optional.empty();
  }

  /** Whether it is typed, rather than read. */
  boolean isTyped() {
    return language.equals("sh") || language.equals("console");
  }

  /** Its commands: all lines of {@code sh}; of {@code console} those behind a prompt. */
  List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    int begun = 0;
    for (int i = 0; i < text.size(); i++) {
      String typed = text.get(i).strip();
      boolean console = language.equals("console") && words.isEmpty();
      if (console && typed.startsWith(PLATFORM)) {
        if (commands.isEmpty() || !opensShell(commands.get(commands.size() - 1))) {
          commands.add(new Command(line + 1 + i, "runtime/bin/lanpo shell", new ArrayList<>()));
        }
        commands.get(commands.size() - 1).typed().add(typed.substring(PLATFORM.length()));
      } else if (!console || typed.startsWith(SHELL)) {
        begun = words.isEmpty() ? line + 1 + i : begun;
        words.append(console ? typed.substring(SHELL.length()) : typed);
        if (typed.endsWith("\\")) {
          words.setCharAt(words.length() - 1, ' ');
        } else if (!words.isEmpty()) {
          commands.add(new Command(begun, words.toString(), new ArrayList<>()));
          words.setLength(0);
        }
      }
    }
    return commands;
  }

  private static boolean opensShell(Command command) {
    return command.words().endsWith("lanpo shell");
  }

  /** Where a line of it is, for a message. */
  String at(int number) {
    return page.getFileName() + ":" + number;
  }
}
