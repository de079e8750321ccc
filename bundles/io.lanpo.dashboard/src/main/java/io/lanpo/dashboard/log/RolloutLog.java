package io.lanpo.dashboard.log;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.files.LineTail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code rollouts.jsonl} of a run, an index of which is kept and read on. Thread-safe. */
public final class RolloutLog {
  /** So many completions of a problem are looked at for the attempt that a prompt shows. */
  private static final int LOOK_BACK = 200;

  /** So much of the file is searched for a text, from its end: a second or two. */
  private static final long MOST_SEARCHED = 100_000_000;

  private static final List<String> TEXTS =
      List.of("problem", "question", "prompt", "text", "explanation", "condensed");

  private final Path file;
  private final LineTail tail;
  private final LessonLog lessons;
  private final RolloutIndex index = new RolloutIndex();

  /**
   * @param folder the run's
   */
  public RolloutLog(Path folder) {
    file = folder.resolve("rollouts.jsonl");
    tail = new LineTail(file);
    lessons = new LessonLog(folder);
  }

  /**
   * A page of completions, the newest first.
   *
   * @param page from 1; one past the end is empty
   * @param size completions of a page
   * @return {@code total}: completions that pass the filter; {@code all}: that there are; {@code
   *     unsearched}: older ones that were not searched for the text, as the file is too long;
   *     {@code skipped}: lines that are none; {@code rollouts}: their lines, with {@code critique}
   *     and {@code attempt} separated; where it is found, with the {@code earlier} attempt that a
   *     review is about; {@code shown}: the lessons in the prompt, see {@link LessonLog}
   */
  public synchronized Map<String, Object> page(RolloutFilter filter, int page, int size) {
    List<Map<String, Object>> rollouts = new ArrayList<>();
    // an id and a text are compared with what the line says
    boolean search = !filter.text().isEmpty() || !filter.problem().isEmpty();
    String sought = filter.text().toLowerCase(Locale.ROOT);
    long first = (page - 1L) * size;
    long searched = 0;
    int passed = 0;
    int unsearched = 0;
    try {
      tail.follow(index);
      if (Files.exists(file)) {
        try (FileChannel channel = FileChannel.open(file)) {
          for (int i = index.size() - 1; i >= 0; i--) {
            if (!index.mayPass(i, filter)) {
              continue;
            }
            boolean onPage = passed >= first && passed < first + size;
            if (search && searched > MOST_SEARCHED) {
              unsearched++;
              continue;
            }
            Optional<JsonObject> line = search || onPage ? line(channel, i) : Optional.empty();
            searched += search ? index.length(i) : 0;
            if (search && line.filter(l -> has(l, filter.problem(), sought)).isEmpty()) {
              continue;
            }
            if (onPage && line.isPresent()) {
              rollouts.add(document(channel, i, line.get()));
            }
            passed++;
          }
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("page", page);
    document.put("size", size);
    document.put("total", passed);
    document.put("all", index.size());
    document.put("unsearched", unsearched);
    document.put("skipped", index.skipped());
    document.put("rollouts", rollouts);
    return document;
  }

  private static boolean has(JsonObject line, String problem, String sought) {
    return (problem.isEmpty() || problem.equals(string(line, "problem")))
        && (sought.isEmpty()
            || TEXTS.stream()
                .anyMatch(name -> string(line, name).toLowerCase(Locale.ROOT).contains(sought)));
  }

  private Map<String, Object> document(FileChannel channel, int at, JsonObject line) {
    Map<String, Object> document = new LinkedHashMap<>();
    line.entrySet().forEach(e -> document.put(e.getKey(), e.getValue()));
    String text = string(line, "text");
    String solution = string(line, "solution");
    if (string(line, "mode").equals("reflect")) {
      // the policy writes a review and, after it, the solution that counts
      boolean apart = !solution.isEmpty() && text.endsWith(solution);
      document.put("critique", apart ? text.substring(0, text.length() - solution.length()) : text);
      document.put("attempt", solution);
      document.put("earlier", earlier(channel, at, line));
    } else {
      document.put("critique", "");
      document.put("attempt", text);
    }
    document.put("shown", lessons.of(line.get("lessons")));
    return document;
  }

  /**
   * The attempt that a prompt asks to review. The prompt has it somewhere, in the words of a
   * strategy; it is recognized by the run's own earlier completions of the problem.
   */
  private String earlier(FileChannel channel, int at, JsonObject line) {
    String problem = string(line, "problem");
    String prompt = string(line, "prompt");
    String longest = "";
    int looked = 0;
    for (int i = at - 1; i >= 0 && looked < LOOK_BACK; i--) {
      if (!index.mayBeOf(i, problem)) {
        continue;
      }
      looked++;
      String solution = line(channel, i).map(l -> string(l, "solution")).orElse("").strip();
      if (solution.length() > longest.length() && prompt.contains(solution)) {
        longest = solution;
      }
    }
    return longest;
  }

  /** Empty when the file has changed meanwhile. */
  private Optional<JsonObject> line(FileChannel channel, int i) {
    ByteBuffer bytes = ByteBuffer.allocate(index.length(i));
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, index.offset(i) + bytes.position()) < 0) {
          return Optional.empty();
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    try {
      JsonElement parsed =
          JsonParser.parseString(new String(bytes.array(), StandardCharsets.UTF_8));
      return parsed instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  private UserException unreadable(IOException e) {
    return new UserException("%s cannot be read: %s".formatted(file, e), "Try again.", e);
  }

  private static String string(JsonObject line, String name) {
    return line.get(name) instanceof JsonPrimitive value && value.isString()
        ? value.getAsString()
        : "";
  }
}
