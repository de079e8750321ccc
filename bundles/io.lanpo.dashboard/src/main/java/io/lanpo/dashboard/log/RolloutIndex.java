package io.lanpo.dashboard.log;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.lanpo.libs.files.LineTail;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where each completion stands in {@code rollouts.jsonl}, and the little of it by which it is
 * found. The texts stay in the file: those of a long run are larger than memory.
 */
final class RolloutIndex implements LineTail.Visitor {
  private long[] offsets = new long[1024];
  private int[] lengths = new int[1024];
  private int[] steps = new int[1024];
  private int[] problems = new int[1024];
  private String[] modes = new String[1024];
  private String[] verdicts = new String[1024];
  private boolean[] cut = new boolean[1024];
  private int size;
  private int skipped;

  int size() {
    return size;
  }

  /** Lines that are no completion. */
  int skipped() {
    return skipped;
  }

  long offset(int i) {
    return offsets[i];
  }

  int length(int i) {
    return lengths[i];
  }

  /** Whether a completion may pass a filter; whether it does, its line says. */
  boolean mayPass(int i, RolloutFilter filter) {
    return (filter.step() == null || filter.step() == steps[i])
        && (filter.mode().isEmpty() || filter.mode().equals(modes[i]))
        && (filter.verdict().isEmpty() || filter.verdict().equals(verdicts[i]))
        && (filter.finished() == null || filter.finished() != cut[i])
        && (filter.problem().isEmpty() || mayBeOf(i, filter.problem()));
  }

  /** Whether a completion may be of a problem; a few others may pass, too. */
  boolean mayBeOf(int i, String problem) {
    return problems[i] == problem.hashCode();
  }

  @Override
  public void restart() {
    size = 0;
    skipped = 0;
  }

  @Override
  public void line(long at, byte[] bytes, int from, int length) {
    int step = -1;
    int problem = 0;
    String mode = "";
    String verdict = "";
    boolean accepted = false;
    boolean finished = true;
    try (JsonReader reader =
        new JsonReader(
            new InputStreamReader(
                new ByteArrayInputStream(bytes, from, length), StandardCharsets.UTF_8))) {
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        boolean text = reader.peek() == JsonToken.STRING;
        if (name.equals("step") && reader.peek() == JsonToken.NUMBER) {
          step = reader.nextInt();
        } else if (name.equals("problem") && text) {
          problem = reader.nextString().hashCode();
        } else if (name.equals("mode") && text) {
          mode = reader.nextString().intern();
        } else if (name.equals("verdict") && text) {
          verdict = reader.nextString();
        } else if (name.equals("accepted") && reader.peek() == JsonToken.BOOLEAN) {
          accepted = reader.nextBoolean();
        } else if (name.equals("finished") && reader.peek() == JsonToken.BOOLEAN) {
          finished = reader.nextBoolean();
        } else {
          reader.skipValue();
        }
      }
      reader.endObject();
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      // cut off when its process was killed; the others are worth seeing
      skipped++;
      return;
    }
    if (step < 0) {
      skipped++;
      return;
    }
    grow();
    offsets[size] = at;
    lengths[size] = length;
    steps[size] = step;
    problems[size] = problem;
    modes[size] = mode;
    verdicts[size] = verdict.equals("scored") ? accepted ? "right" : "wrong" : verdict.intern();
    cut[size] = !finished;
    size++;
  }

  private void grow() {
    if (size < offsets.length) {
      return;
    }
    int more = 2 * size;
    offsets = Arrays.copyOf(offsets, more);
    lengths = Arrays.copyOf(lengths, more);
    steps = Arrays.copyOf(steps, more);
    problems = Arrays.copyOf(problems, more);
    modes = Arrays.copyOf(modes, more);
    verdicts = Arrays.copyOf(verdicts, more);
    cut = Arrays.copyOf(cut, more);
  }
}
