package io.lanpo.libs.answer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Finds what stands in a box. */
final class Boxes {
  private static final List<String> BOXES = List.of("\\boxed", "\\fbox");
  private static final String BARE = "\\boxed ";
  private static final int LONGEST_BARE = 20_000;

  private Boxes() {}

  /** What stands in the last box; empty when that is nothing or there is no box. */
  static Optional<Found> last(String response) {
    Optional<String> content = content(response);
    return content.isPresent()
        ? Found.of(content.get(), "in the last \\boxed{}")
        : bare(response).flatMap(text -> Found.of(text, "behind the last \\boxed"));
  }

  /** The content, perhaps blank, of the last box whose braces are balanced. */
  static Optional<String> content(String response) {
    Deque<Integer> open = new ArrayDeque<>();
    int begin = -1;
    int end = -1;
    for (int i = 0; i < response.length(); i++) {
      char c = response.charAt(i);
      if (c == '\\') {
        // an escaped brace is not a brace; an escaped backslash escapes nothing
        boolean escapes = i + 1 < response.length() && "{}\\".indexOf(response.charAt(i + 1)) >= 0;
        i += escapes ? 1 : 0;
      } else if (c == '{') {
        open.push(i);
      } else if (c == '}' && !open.isEmpty()) {
        int brace = open.pop();
        if (brace > begin && isBox(response, brace)) {
          begin = brace;
          end = i;
        }
      }
    }
    return begin >= 0 ? Optional.of(response.substring(begin + 1, end)) : Optional.empty();
  }

  private static boolean isBox(String response, int brace) {
    int end = brace;
    while (end > 0 && end > brace - 3 && response.charAt(end - 1) == ' ') {
      end--;
    }
    for (String box : BOXES) {
      if (response.startsWith(box, end - box.length())) {
        return true;
      }
    }
    return false;
  }

  /** TeX boxes a single sign without braces, too: <code>\boxed 5</code>. */
  private static Optional<String> bare(String response) {
    int at = response.lastIndexOf(BARE);
    if (at < 0) {
      return Optional.empty();
    }
    int start = at + BARE.length();
    int end = start;
    while (end < response.length()
        && end - start < LONGEST_BARE
        && "$ \n,;".indexOf(response.charAt(end)) < 0) {
      end++;
    }
    String text = response.substring(start, end);
    return text.contains("{") ? Optional.empty() : Optional.of(text);
  }
}
