package io.lanpo.engine.run.evaluate;

import com.google.gson.JsonParseException;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.engine.evaluate.Answer;
import io.lanpo.engine.run.file.Json;
import io.lanpo.engine.run.file.JsonLinesWriter;
import io.lanpo.engine.run.file.SealedLine;
import io.lanpo.libs.files.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code answers.jsonl} of an evaluation. Answers are kept by batch and mode: what was asked at
 * once is asked at once again unless all of it is there, so that an evaluation that was interrupted
 * generates the same batches, and hence the same bits, as one that was not.
 */
final class AnswerLog implements AutoCloseable {
  private final FileChannel lock;
  private final JsonLinesWriter log;
  private final List<Map<EvaluationMode, List<Answer>>> batches;

  private AnswerLog(
      FileChannel lock, JsonLinesWriter log, List<Map<EvaluationMode, List<Answer>>> batches) {
    this.lock = lock;
    this.log = log;
    this.batches = batches;
  }

  /**
   * Opens the log of a folder and takes what is there; a line that was cut off, or one that is
   * nobody's answer or not as it was written, is dropped with its batch.
   *
   * @param batches numbers of the problems that are asked at once
   * @param samples completions per problem
   * @param restart whether what is there is thrown away
   * @throws UserException when another process writes it
   */
  static AnswerLog open(Path folder, List<int[]> batches, int samples, boolean restart) {
    FileChannel lock = null;
    try {
      Files.createDirectories(folder);
      lock = locked(folder);
      Path file = folder.resolve("answers.jsonl");
      // a line may be cut off within a character, which readers of lines refuse
      String text =
          restart || !Files.exists(file)
              ? ""
              : new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      List<Map<EvaluationMode, List<Answer>>> kept = sorted(read(text), batches, samples);
      String whole =
          kept.stream()
              .flatMap(batch -> batch.values().stream())
              .flatMap(List::stream)
              .map(answer -> SealedLine.of(answer) + "\n")
              .collect(Collectors.joining());
      if (!whole.equals(text) || !Files.exists(file) || restart) {
        AtomicFile.write(file, whole);
      }
      return new AnswerLog(lock, JsonLinesWriter.open(file, Files.size(file)), kept);
    } catch (IOException e) {
      closeQuietly(lock, e);
      throw Json.cannotWrite(folder, e);
    } catch (RuntimeException e) {
      closeQuietly(lock, e);
      throw e;
    }
  }

  /** The answers of a batch in a mode; null when they are yet to be given. */
  @Nullable List<Answer> get(int batch, EvaluationMode mode) {
    return batches.get(batch).get(mode);
  }

  /** Writes the answers of a batch in a mode down. */
  void add(int batch, EvaluationMode mode, List<Answer> answers) {
    answers.forEach(answer -> log.appendLine(SealedLine.of(answer)));
    log.flush();
    batches.get(batch).put(mode, answers);
  }

  /** All answers in a mode so far. */
  List<Answer> all(EvaluationMode mode) {
    return batches.stream().flatMap(b -> b.getOrDefault(mode, List.of()).stream()).toList();
  }

  @Override
  public void close() {
    try (lock) {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileChannel locked(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // held by another thread of this process
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new UserException(
          "another process works on the evaluation in %s".formatted(folder),
          "Wait until it is over.");
    }
    return channel;
  }

  private static void closeQuietly(@Nullable FileChannel lock, Exception failure) {
    if (lock != null) {
      try {
        lock.close();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }

  private static List<Answer> read(String text) {
    List<Answer> answers = new ArrayList<>();
    for (String line : text.lines().toList()) {
      try {
        // one that is not as it was written is asked again with its batch
        String content = SealedLine.open(line).orElse("");
        Answer answer = Json.ofLine(content, Answer.class);
        if (answer != null && answer.isWhole()) {
          answers.add(answer);
        }
      } catch (JsonParseException e) {
        // cut off by a kill; its batch is asked again
        continue;
      }
    }
    return answers;
  }

  /** The whole batches of a mode. */
  private static List<Map<EvaluationMode, List<Answer>>> sorted(
      List<Answer> answers, List<int[]> batches, int samples) {
    Map<String, Answer> byPlace = new HashMap<>();
    answers.forEach(a -> byPlace.putIfAbsent(place(a.mode(), a.number(), a.sample()), a));
    List<Map<EvaluationMode, List<Answer>>> sorted = new ArrayList<>();
    for (int[] batch : batches) {
      Map<EvaluationMode, List<Answer>> whole = new EnumMap<>(EvaluationMode.class);
      for (EvaluationMode mode : EvaluationMode.values()) {
        List<Answer> found = new ArrayList<>();
        for (int number : batch) {
          for (int sample = 0; sample < samples; sample++) {
            Answer answer = byPlace.get(place(Setting.word(mode), number, sample));
            if (answer != null) {
              found.add(answer);
            }
          }
        }
        if (found.size() == batch.length * samples) {
          whole.put(mode, found);
        }
      }
      sorted.add(whole);
    }
    return sorted;
  }

  private static String place(String mode, int number, int sample) {
    return mode + " " + number + " " + sample;
  }
}
