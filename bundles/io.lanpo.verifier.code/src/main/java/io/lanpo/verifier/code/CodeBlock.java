package io.lanpo.verifier.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of code in a response.
 *
 * @param mark the word that says its language, in lower case; empty without one
 * @param text what is in it, without the indentation that all its lines share
 */
record CodeBlock(String mark, String text) {
  /** Behind quotation marks and the markers of lists. */
  private static final Pattern OPENING =
      Pattern.compile("^((?:[ \\t]|>|(?:[-*+]|\\d{1,9}[.)])[ \\t])*)(`{3,}|~{3,})([^`]*)$");

  /** Behind a sentence; only with a mark that is known. */
  private static final Pattern OPENING_IN_LINE = Pattern.compile("^.*\\S.*?(`{3,})([^`\\s]+)\\s*$");

  private static final Pattern FENCE = Pattern.compile("^ {0,3}(?:`{3,}|~{3,})");
  private static final Pattern QUOTED = Pattern.compile("^\\s*> ?");
  private static final int SHALLOW = 3;

  /** Blocks between fences. One that is never closed reaches to the end. */
  static List<CodeBlock> fenced(String response, Language language) {
    List<CodeBlock> blocks = new ArrayList<>();
    String[] lines = response.split("\r?\n", -1);
    for (int i = 0; i < lines.length; i++) {
      Matcher opening = OPENING.matcher(lines[i]);
      String prefix = "";
      String fence;
      String mark;
      if (opening.matches()) {
        prefix = opening.group(1);
        fence = opening.group(2);
        mark = mark(opening.group(3));
      } else {
        Matcher inLine = OPENING_IN_LINE.matcher(lines[i]);
        if (!inLine.matches() || !language.isMarkedBy(mark(inLine.group(2)))) {
          continue;
        }
        fence = inLine.group(1);
        mark = mark(inLine.group(2));
      }
      i = new Body(lines, prefix, fence, mark).read(i + 1, blocks);
    }
    return blocks;
  }

  /**
   * Blocks between tags: {@code [PYTHON]}, {@code [BEGIN]}, {@code <code>}, {@code <answer>}, the
   * first kind.
   */
  static List<CodeBlock> tagged(String response, Language language) {
    List<CodeBlock> blocks = new ArrayList<>();
    String square = "\\[%1$s\\](.*?)(?:\\[/%1$s\\]|\\z)".formatted(language.name());
    String angle = "<%1$s\\b[^>]*>(.*?)(?:</%1$s>|\\z)";
    String begin = "\\[BEGIN\\](.*?)(?:\\[DONE\\]|\\z)";
    for (String tag : List.of(square, begin, angle.formatted("code"), angle.formatted("answer"))) {
      Matcher matcher =
          Pattern.compile(tag, Pattern.CASE_INSENSITIVE | Pattern.DOTALL).matcher(response);
      while (matcher.find()) {
        blocks.add(new CodeBlock("", outdented(matcher.group(1).lines().toList())));
      }
      if (!blocks.isEmpty()) {
        break;
      }
    }
    return blocks;
  }

  /** The rest of a block whose opening has been read. */
  private record Body(String[] lines, String prefix, String fence, String mark) {
    /** Adds the block; the index of its last line. */
    int read(int from, List<CodeBlock> blocks) {
      List<String> text = new ArrayList<>();
      boolean withinPair = false;
      int i = from;
      for (; i < lines.length; i++) {
        String line = line(i);
        boolean closes = closes(line);
        if (closes && isShallow(line)) {
          break;
        }
        if (closes || endsInFence(line)) {
          if (!withinPair && closesAll(i)) {
            text.add(closes ? "" : line.stripTrailing().replaceFirst("`+$", ""));
            break;
          }
          withinPair = !withinPair;
        }
        text.add(line);
      }
      blocks.add(new CodeBlock(mark, outdented(text)));
      return i;
    }

    private String line(int i) {
      String line = lines[i];
      for (int levels = (int) prefix.chars().filter(c -> c == '>').count(); levels > 0; levels--) {
        line = QUOTED.matcher(line).replaceFirst("");
      }
      return line;
    }

    private boolean closes(String line) {
      String stripped = line.strip();
      return stripped.startsWith(fence)
          && stripped.chars().allMatch(character -> character == fence.charAt(0));
    }

    private boolean isShallow(String line) {
      return line.length() - line.stripLeading().length() <= prefix.length() + SHALLOW;
    }

    private boolean endsInFence(String line) {
      return fence.charAt(0) == '`' && line.stripTrailing().endsWith(fence) && !closes(line);
    }

    /**
     * Whether a fence that is too deep, or at the end of a line, closes the block all the same. It
     * does not where it is one of a pair, within a comment of the program, before a proper one.
     */
    private boolean closesAll(int from) {
      int count = 0;
      for (int i = from; i < lines.length; i++) {
        String line = line(i);
        if (FENCE.matcher(line).find() && (i > from || isShallow(line))) {
          break;
        }
        if (closes(line) || endsInFence(line)) {
          count++;
        }
      }
      return count % 2 == 1;
    }
  }

  private static String outdented(List<String> lines) {
    int indent =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(line.isBlank() ? "" : line.substring(indent)).append('\n');
    }
    return text.length() > 0 && text.charAt(0) == '\uFEFF' ? text.substring(1) : text.toString();
  }

  /**
   * The first word of an info string: <code>python</code> of <code>{.python .numberLines}</code>.
   */
  private static String mark(String info) {
    String word = info.strip().replaceFirst("^\\{?\\.?", "").toLowerCase(Locale.ROOT);
    int end = 0;
    while (end < word.length()
        && (Character.isLetterOrDigit(word.charAt(end)) || "-+#".indexOf(word.charAt(end)) >= 0)) {
      end++;
    }
    return word.substring(0, end);
  }
}
