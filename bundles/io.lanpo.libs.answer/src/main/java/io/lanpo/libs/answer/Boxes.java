package io.lanpo.libs.answer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds what stands in boxes. */
final class Boxes {
  private static final List<String> BOXES = List.of("\\boxed", "\\fbox");
  private static final String BARE = "\\boxed ";
  private static final int LONGEST_BARE = 20_000;
  private static final int LONGEST_BETWEEN = 100;
  private static final int MOST_JOINED = 50;

  /** What stands between two boxes that are one answer. */
  private static final Pattern LIST = Pattern.compile("(?:[\\s$,;&]|\\\\[()\\[\\] ,;]|and\\b)*+");

  private static final Pattern HEDGE =
      Pattern.compile(
          "\\b(?:or|maybe|alternatively|perhaps|possibly|either)\\b|^[\\s$]*+/[\\s$]*+\\\\?$",
          Pattern.CASE_INSENSITIVE);

  private Boxes() {}

  /**
   * @param from where its content begins
   * @param to where that ends
   */
  private record Box(String content, int from, int to) {}

  /**
   * What stands in the last box, with those before it when together they are one answer; empty when
   * that is nothing or there is no box.
   */
  static Optional<Found> last(String response) {
    List<Box> boxes = boxes(response);
    if (boxes.isEmpty()) {
      return bare(response).flatMap(text -> Found.of(text, "behind the last \\boxed"));
    }
    int last = boxes.size() - 1;
    StringBuilder answer = new StringBuilder(boxes.get(last).content);
    boolean several = false;
    for (int i = last; i > Math.max(0, last - MOST_JOINED); i--) {
      String join = join(response, boxes.get(i - 1), boxes.get(i));
      if (join.isEmpty() || answer.toString().isBlank()) {
        break;
      }
      if (!boxes.get(i - 1).content.equals(boxes.get(i).content)) {
        answer.insert(0, boxes.get(i - 1).content + join);
        several = true;
      }
    }
    String all =
        boxes.stream()
            .map(box -> box.content.strip())
            .filter(content -> !content.isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    return Found.of(answer.toString(), several ? "in the last boxes" : "in the last \\boxed{}")
        .map(found -> new Found(found.text(), found.formula(), all, found.how()));
  }

  /** What joins two boxes to one answer; empty when they are two. */
  private static String join(String response, Box first, Box second) {
    int begin = first.to + 1;
    int end = response.lastIndexOf('\\', second.from);
    if (begin > end || end - begin > LONGEST_BETWEEN) {
      return "";
    }
    String between = response.substring(begin, end);
    if (HEDGE.matcher(between).find()) {
      return " or ";
    }
    return LIST.matcher(between).matches() ? ", " : "";
  }

  /** The content, perhaps blank, of the last box whose braces are balanced. */
  static Optional<String> content(String response) {
    List<Box> boxes = boxes(response);
    return boxes.isEmpty() ? Optional.empty() : Optional.of(boxes.get(boxes.size() - 1).content);
  }

  /** Whether a box begins that does not end. */
  static boolean hasUnclosed(String response) {
    int begun = response.lastIndexOf("\\boxed{");
    List<Box> boxes = boxes(response);
    return begun >= 0 && (boxes.isEmpty() || boxes.get(boxes.size() - 1).from <= begun);
  }

  /** All boxes whose braces are balanced and that hold no other, in order. */
  private static List<Box> boxes(String response) {
    List<Box> boxes = new ArrayList<>();
    if (BOXES.stream().noneMatch(response::contains)) {
      return boxes;
    }
    Deque<Integer> open = new ArrayDeque<>();
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
        boolean holdsOther = !boxes.isEmpty() && boxes.get(boxes.size() - 1).from > brace;
        if (!holdsOther && isBox(response, brace)) {
          boxes.add(new Box(response.substring(brace + 1, i), brace + 1, i));
        }
      }
    }
    return boxes;
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
