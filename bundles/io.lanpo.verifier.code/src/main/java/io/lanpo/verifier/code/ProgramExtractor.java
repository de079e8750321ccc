package io.lanpo.verifier.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the program in a response.
 *
 * <p>Fenced blocks come first: those marked with the language, else those without a mark. Of
 * several, the last that defines the entry point counts, since an example of use often follows the
 * solution; else the last. A response without any fence is the program itself, where that is
 * allowed.
 */
final class ProgramExtractor {
  private static final Pattern FENCE = Pattern.compile("^ {0,3}(`{3,}|~{3,})(.*)$");

  private final Language language;
  private final boolean bare;

  /**
   * @param language what a block may be marked with
   * @param bare whether a response without a fence is taken for a program
   */
  ProgramExtractor(Language language, boolean bare) {
    this.language = language;
    this.bare = bare;
  }

  /**
   * A program.
   *
   * @param text the program as written
   * @param how where it was found, e.g. {@code block 2 of 3}
   */
  record Extracted(String text, String how) {}

  private record Block(String mark, String text) {}

  /**
   * The program; empty when there is none.
   *
   * @param response the response
   * @param entryPoint the name the program has to define; may be empty
   */
  Optional<Extracted> extract(String response, String entryPoint) {
    List<Block> blocks = blocks(response);
    List<Block> fitting =
        blocks.stream().filter(block -> language.fences().contains(block.mark())).toList();
    if (fitting.isEmpty()) {
      fitting = blocks.stream().filter(block -> block.mark().isEmpty()).toList();
    }
    if (fitting.isEmpty()) {
      return bare && blocks.isEmpty() && !response.isBlank()
          ? Optional.of(new Extracted(response, "the whole response"))
          : Optional.empty();
    }
    Block last = fitting.get(fitting.size() - 1);
    Block chosen = entryPoint.isEmpty() ? last : lastDefining(fitting, entryPoint).orElse(last);
    return Optional.of(
        new Extracted(
            chosen.text(), "block %d of %d".formatted(indexOf(blocks, chosen) + 1, blocks.size())));
  }

  private static Optional<Block> lastDefining(List<Block> blocks, String name) {
    Pattern definition = definition(name);
    return blocks.stream()
        .filter(block -> definition.matcher(block.text()).find())
        .reduce((first, second) -> second);
  }

  /** Two blocks may be equal; the one that was chosen is meant. */
  private static int indexOf(List<Block> blocks, Block chosen) {
    int index = 0;
    while (blocks.get(index) != chosen) {
      index++;
    }
    return index;
  }

  /** Words that open a definition, or an assignment. */
  private static Pattern definition(String name) {
    String quoted = Pattern.quote(name);
    return Pattern.compile(
        "(?m)\\b(?:def|class|function|sub)\\s+"
            + quoted
            + "\\b|^\\s*"
            + quoted
            + "\\s*(?:=[^=]|\\(\\)\\s*\\{)");
  }

  /** A block that is never closed reaches to the end. */
  private static List<Block> blocks(String response) {
    List<Block> blocks = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    String fence = "";
    String mark = "";
    for (String line : response.split("\n", -1)) {
      Matcher matcher = FENCE.matcher(line.stripTrailing());
      boolean fenced = matcher.matches();
      if (fence.isEmpty()) {
        if (fenced) {
          fence = matcher.group(1);
          mark = mark(matcher.group(2));
        }
      } else if (fenced && matcher.group(1).startsWith(fence) && matcher.group(2).isBlank()) {
        blocks.add(new Block(mark, text.toString()));
        text.setLength(0);
        fence = "";
      } else {
        text.append(line).append('\n');
      }
    }
    if (!fence.isEmpty()) {
      blocks.add(new Block(mark, text.toString()));
    }
    return blocks;
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
