package io.lanpo.shell.command.check;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import io.lanpo.api.component.UserException;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.KeyFields;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.libs.files.LineReader;
import io.lanpo.shell.terminal.Console;
import io.lanpo.shell.terminal.Json;
import io.lanpo.shell.terminal.JsonLine;
import io.lanpo.shell.view.VerdictView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Judges a JSONL file of cases in parallel and writes the verdicts in the order of the file.
 * Batches of bounded size, so that a file may be larger than the memory.
 */
final class CaseFile {
  private static final int BATCH = 2_000;
  private static final double NANOS = 1e9;

  /** Of a row with tests; the reference solution may be called gold there, as other answers are. */
  private static final String TESTED =
      "tests | entry_point | setup | preamble | prompt | solution | solution=gold";

  private static final String TESTS = "tests";

  private final Path file;
  private final Fields fields;
  private final int threads;
  private int cases;
  private int scored;
  private int abstained;
  private double rewards;

  CaseFile(Path file, Fields fields, int threads) {
    this.file = file;
    this.fields = fields;
    this.threads = threads;
  }

  /**
   * Where a row holds what.
   *
   * @param gold the member that is the answer key; not looked at in a row with {@code tests}
   * @param key the members that make up a key with parts, in every row; empty: only of rows with
   *     tests
   * @param prediction the member that is the response
   */
  record Fields(String gold, Optional<KeyFields> key, String prediction) {
    /** The key of a row; empty when it has none. */
    Optional<String> keyOf(JsonObject row) {
      Optional<KeyFields> parts = key.isEmpty() && row.has(TESTS) ? KeyFields.parse(TESTED) : key;
      return parts.isPresent()
          ? parts.get().key(member -> member(row, member).map(JsonElement::toString))
          : member(row, gold).map(Fields::alternatives);
    }

    /** A list of numbers or texts as texts, which the verifiers of answers read as alternatives. */
    private static String alternatives(JsonElement gold) {
      if (!gold.isJsonArray()
          || !gold.getAsJsonArray().asList().stream().allMatch(JsonElement::isJsonPrimitive)) {
        return text(gold);
      }
      JsonArray texts = new JsonArray();
      gold.getAsJsonArray().forEach(each -> texts.add(each.getAsString()));
      return texts.toString();
    }

    private static Optional<JsonElement> member(JsonObject row, String name) {
      return Optional.ofNullable(row.get(name)).filter(value -> !value.isJsonNull());
    }
  }

  /**
   * @param id the case's own name; its line when it has none
   */
  private record Case(String id, Problem problem, Response response) {}

  /**
   * Judges every case.
   *
   * @throws UserException naming file and line of what cannot be read
   */
  void judge(Verifier verifier, Console console) throws InterruptedException {
    long begin = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (LineReader reader = LineReader.open(file)) {
      List<Case> batch = read(reader);
      while (!batch.isEmpty()) {
        List<Callable<Verdict>> work = new ArrayList<>();
        for (Case each : batch) {
          work.add(() -> verifier.verify(each.problem, each.response));
        }
        write(batch, pool.invokeAll(work), console);
        batch = read(reader);
      }
    } catch (LineReader.NotUtf8Exception e) {
      throw bad(e.line(), "is not UTF-8", e);
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be read: %s".formatted(file, e), "Name a JSONL file of cases.", e);
    } finally {
      pool.shutdownNow();
    }
    double seconds = (System.nanoTime() - begin) / NANOS;
    console
        .err()
        .printf(
            Locale.ROOT,
            "%d cases: %d scored, mean reward %.4f; %d abstained, %d failed; %.0f cases/s%n",
            cases,
            scored,
            scored == 0 ? 0 : rewards / scored,
            abstained,
            cases - scored - abstained,
            cases / seconds);
  }

  private List<Case> read(LineReader reader) throws IOException {
    List<Case> batch = new ArrayList<>();
    while (batch.size() < BATCH) {
      LineReader.Line next = reader.next();
      if (next == null) {
        break;
      }
      if (!next.text().isBlank()) {
        batch.add(parse(next.number(), next.text()));
      }
    }
    return batch;
  }

  private Case parse(long line, String text) {
    JsonObject row;
    try {
      row =
          JsonLine.object(text, Strictness.LENIENT)
              .orElseThrow(() -> bad(line, "is no JSON object", null));
    } catch (JsonLine.RepeatedKeyException e) {
      throw bad(line, "is not clear: " + e.getMessage(), e);
    }
    Optional<String> key = fields.keyOf(row);
    JsonElement prediction = row.get(fields.prediction);
    if (key.isEmpty()) {
      throw bad(
          line,
          "lacks " + fields.key.map(k -> k.parts().get(0).member()).orElse(fields.gold),
          null);
    }
    if (prediction == null || prediction.isJsonNull()) {
      throw bad(line, "lacks " + fields.prediction, null);
    }
    String id = row.has("id") ? text(row.get("id")) : Long.toString(line);
    Map<String, String> labels = new LinkedHashMap<>();
    row.entrySet().forEach(field -> labels.put(field.getKey(), text(field.getValue())));
    labels.remove(fields.prediction);
    return new Case(
        id,
        new Problem(new Question(id, ""), new AnswerKey(key.get()), labels),
        new Response(text(prediction), true));
  }

  private UserException bad(long line, String what, @Nullable Throwable cause) {
    return new UserException(
        "%s: line %d %s".formatted(file, line, what),
        "A case is one JSON object a line with id, gold (or tests) and prediction; other names are"
            + " given with --gold-field, --key-fields and --prediction-field.",
        cause);
  }

  /** A text as it is, anything else as JSON writes it. */
  private static String text(JsonElement value) {
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  private void write(List<Case> batch, List<Future<Verdict>> verdicts, Console console)
      throws InterruptedException {
    for (int i = 0; i < batch.size(); i++) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("id", batch.get(i).id);
      Verdict verdict = verdict(verdicts.get(i));
      document.putAll(VerdictView.document(verdict));
      console.out().println(Json.of(document));
      cases++;
      scored += verdict instanceof Verdict.Scored ? 1 : 0;
      abstained += verdict instanceof Verdict.Abstained ? 1 : 0;
      rewards += verdict instanceof Verdict.Scored s ? s.reward() : 0;
    }
  }

  /** A verifier that throws is broken, which is a verdict on it and not on the response. */
  private static Verdict verdict(Future<Verdict> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      return new Verdict.Failed("the verifier broke: " + e.getCause());
    }
  }
}
