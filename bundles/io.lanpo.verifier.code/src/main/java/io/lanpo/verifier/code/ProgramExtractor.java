package io.lanpo.verifier.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the program in a response.
 *
 * <p>Blocks marked with the language come first, else those without a mark. Of several, the last
 * that defines a name that is tested counts, since an example of use often follows the solution;
 * where no name is tested, the last that reads input; else the last that is more than comments. In
 * Python, blocks that define functions which it uses and does not define belong to it. A response
 * without any block is the program itself, where that is allowed.
 */
final class ProgramExtractor {
  private static final Pattern READS_INPUT =
      Pattern.compile(
          "\\binput\\s*\\(|\\bstdin\\b|\\bopen\\s*\\(\\s*0|\\bfileinput\\b|\\bos\\.read\\b|<STDIN>|<>|\\bread\\b");
  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(?:#.*|//.*)?$");
  private static final Pattern DEFINED =
      Pattern.compile("(?m)^(?:(?:async\\s+)?def|class)\\s+(\\w+)|^import\\s+(\\w+)\\s*$");
  private static final Pattern WORD = Pattern.compile("\\b[A-Za-z_]\\w*");

  /** A line that does something as soon as the program is loaded. */
  private static final Pattern DOES =
      Pattern.compile("(?m)^(?!(?:async|def|class|import|from)\\b)[A-Za-z_](?!\\w*\\s*[:=][^=])");

  private final Language language;
  private final boolean bare;

  /**
   * @param language what a block may be marked with
   * @param bare whether a response without a block is taken for a program
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

  /**
   * The program; empty when there is none.
   *
   * @param response the response
   * @param tested names of which the program has to define one; empty ones do not count
   */
  Optional<Extracted> extract(String response, String... tested) {
    String text = response.startsWith("\uFEFF") ? response.substring(1) : response;
    List<CodeBlock> fenced = CodeBlock.fenced(text, language);
    List<CodeBlock> thoughtOver =
        CodeBlock.fenced(text.substring(Math.max(0, text.lastIndexOf("</think>"))), language);
    if (thoughtOver.stream().anyMatch(block -> language.isMarkedBy(block.mark()))) {
      fenced = thoughtOver;
    }
    Optional<Extracted> found = choose(fenced, tested);
    if (found.isEmpty()) {
      found = choose(CodeBlock.tagged(text, language), tested);
    }
    if (found.isEmpty() && bare && fenced.isEmpty()) {
      String answer = text.substring(Math.max(0, text.lastIndexOf("</think>")));
      answer = answer.startsWith("</think>") ? answer.substring("</think>".length()) : answer;
      if (!answer.isBlank()) {
        return Optional.of(new Extracted(answer, "the whole response"));
      }
    }
    return found;
  }

  private Optional<Extracted> choose(List<CodeBlock> blocks, String... tested) {
    List<Integer> fitting = indices(blocks, block -> language.isMarkedBy(block.mark()));
    if (fitting.isEmpty()) {
      fitting = indices(blocks, block -> block.mark().isEmpty());
    }
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    boolean named = false;
    int chosen = -1;
    for (int i : fitting) {
      String text = blocks.get(i).text();
      boolean defines = defines(text, tested);
      boolean does = !COMMENT.matcher(text).replaceAll("").isBlank();
      if (defines || !named && does && (chosen < 0 || reads(text) || !reads(blocks, chosen))) {
        chosen = i;
        named |= defines;
      }
    }
    if (chosen < 0) {
      chosen = fitting.get(fitting.size() - 1);
    }
    Set<Integer> together = new TreeSet<>(List.of(chosen));
    if (language.calls()) {
      addWhatItUses(blocks, fitting, together);
      if (!named && reads(blocks, chosen) && !DOES.matcher(blocks.get(chosen).text()).find()) {
        int first = chosen;
        fitting.stream().filter(i -> i > first).forEach(together::add);
      }
    }
    return Optional.of(
        new Extracted(
            together.stream().map(i -> blocks.get(i).text()).collect(Collectors.joining("\n")),
            "block%s %s of %d"
                .formatted(
                    together.size() > 1 ? "s" : "",
                    together.stream()
                        .map(i -> Integer.toString(i + 1))
                        .collect(Collectors.joining(" and ")),
                    blocks.size())));
  }

  private static List<Integer> indices(List<CodeBlock> blocks, Predicate<CodeBlock> wanted) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < blocks.size(); i++) {
      if (wanted.test(blocks.get(i))) {
        indices.add(i);
      }
    }
    return indices;
  }

  private static boolean reads(List<CodeBlock> blocks, int index) {
    return reads(blocks.get(index).text());
  }

  private static boolean reads(String text) {
    return READS_INPUT.matcher(text).find();
  }

  /** Adds the last block that defines a function which those that are there use and lack. */
  private static void addWhatItUses(
      List<CodeBlock> blocks, List<Integer> fitting, Set<Integer> together) {
    boolean added = true;
    while (added) {
      added = false;
      String text =
          together.stream().map(i -> blocks.get(i).text()).collect(Collectors.joining("\n"));
      Set<String> used = new HashSet<>();
      WORD.matcher(text).results().forEach(word -> used.add(word.group()));
      used.removeAll(defined(text));
      for (int i = fitting.size() - 1; i >= 0 && !added; i--) {
        int block = fitting.get(i);
        Set<String> missing = defined(blocks.get(block).text());
        missing.retainAll(used);
        missing.removeIf(name -> binds(text, name));
        added = !missing.isEmpty() && together.add(block);
      }
    }
  }

  private static Set<String> defined(String text) {
    Set<String> names = new HashSet<>();
    DEFINED
        .matcher(text)
        .results()
        .forEach(found -> names.add(found.group(1) == null ? found.group(2) : found.group(1)));
    return names;
  }

  /** Whether a text gives a name a meaning of its own. */
  private static boolean binds(String text, String name) {
    return Pattern.compile(
            "\\b(?:def|class|import|as|for|lambda)\\s+%1$s\\b|\\b%1$s\\s*=[^=]|[(,]\\s*%1$s\\s*[,):]|[.\"']%1$s\\b"
                .formatted(name))
        .matcher(text)
        .find();
  }

  /** Words that open a definition, or an assignment. */
  private static boolean defines(String text, String... names) {
    for (String name : names) {
      if (!name.isEmpty()
          && Pattern.compile(
                  "(?m)\\b(?:def|class|function|sub)\\s+%1$s\\b|^\\s*%1$s\\s*(?:=[^=]|\\(\\)\\s*\\{)"
                      .formatted(Pattern.quote(name)))
              .matcher(text)
              .find()) {
        return true;
      }
    }
    return false;
  }
}
