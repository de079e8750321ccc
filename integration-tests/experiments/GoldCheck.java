import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import io.lanpo.verifier.math.MathVerifier;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Checks that the mathematics verifier accepts the gold answers of data sets and refuses slips in
 * them, and prints every one that it does not as a row of a Markdown table.
 *
 * <p>Arguments: the profile, then JSONL files with {@code id}, {@code answer} and perhaps {@code
 * solution}. A row is accepted when the verifier accepts its own gold response and, where the
 * solution boxes an answer, the solution. As equal texts are easily accepted, two harder counts
 * stand beside it: keys that are read as a formula and not only as text, and keys with their last
 * digit changed that are refused. The script {@code goldcheck} beside this file runs it.
 */
public final class GoldCheck {
  private record Failure(String id, String key, String why) {}

  /** What was counted in one file. */
  private static final class Counts {
    int rows;
    int boxed;
    int accepted;
    int read;
    int slips;
    int refused;
  }

  private GoldCheck() {}

  public static void main(String[] args) throws IOException {
    Verifier verifier = verifier(args[0]);
    List<Failure> all = new ArrayList<>();
    List<Failure> wrong = new ArrayList<>();
    List<Failure> unread = new ArrayList<>();
    List<Failure> missed = new ArrayList<>();
    System.out.println(
        "| file | rows | boxed solutions | accepted | share | read as formulas | slips | refused |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (String file : List.of(args).subList(1, args.length)) {
      Counts counts = new Counts();
      for (String line : Files.readAllLines(Path.of(file))) {
        JsonObject row = JsonParser.parseString(line).getAsJsonObject();
        check(verifier, row, counts, wrong, unread, missed);
      }
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %d | %d | %.2f %% | %.2f %% | %d | %.2f %% |%n",
          Path.of(file).getFileName(),
          counts.rows,
          counts.boxed,
          counts.accepted,
          100.0 * counts.accepted / counts.rows,
          100.0 * counts.read / counts.rows,
          counts.slips,
          100.0 * counts.refused / Math.max(1, counts.slips));
    }
    print("Keys that are not accepted", wrong);
    print("Slips that are accepted", missed);
    print("Keys that are read as text only", unread);
  }

  private static void print(String title, List<Failure> failures) {
    System.out.printf("%n## %s%n%n", title);
    if (failures.isEmpty()) {
      System.out.println("None.");
      return;
    }
    System.out.println("| problem | key | verdict |");
    System.out.println("|---|---|---|");
    for (Failure failure : failures) {
      System.out.printf("| %s | %s | %s |%n", failure.id(), code(failure.key()), cell(failure.why()));
    }
  }

  private static String code(String text) {
    return "`" + cell(text) + "`";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  private static void check(
      Verifier verifier,
      JsonObject row,
      Counts counts,
      List<Failure> wrong,
      List<Failure> unread,
      List<Failure> missed) {
    String id = row.get("id").getAsString();
    String key = row.get("answer").getAsString();
    String solution = row.has("solution") ? row.get("solution").getAsString() : "";
    Problem problem = new Problem(new Question(id, ""), new AnswerKey(key), Map.of());
    counts.rows++;
    Verdict verdict = verifier.verify(problem, verifier.goldResponse(problem));
    if (isRight(verdict) && solution.contains("\\boxed")) {
      counts.boxed++;
      verdict = verifier.verify(problem, new Response(solution, true));
    }
    if (isRight(verdict)) {
      counts.accepted++;
    } else {
      wrong.add(new Failure(id, key, verdict.explanation()));
    }
    if (verdict.explanation().contains(" and the key as the text '")) {
      unread.add(new Failure(id, key, verdict.explanation().replaceAll("(?s).* and the key as ", "")));
    } else {
      counts.read++;
    }
    String slip = slip(key);
    if (!slip.isEmpty()) {
      counts.slips++;
      Verdict judged = verifier.verify(problem, new Response("\\boxed{" + slip + "}", true));
      if (isRight(judged)) {
        missed.add(new Failure(id, key, judged.explanation()));
      } else {
        counts.refused++;
      }
    }
  }

  private static boolean isRight(Verdict verdict) {
    return verdict instanceof Verdict.Scored scored && scored.reward() == 1;
  }

  /** The key with its last digit one higher; empty when it has none. */
  private static String slip(String key) {
    for (int i = key.length() - 1; i >= 0; i--) {
      char c = key.charAt(i);
      if (c >= '0' && c <= '9') {
        return key.substring(0, i) + (char) ('0' + (c - '0' + 1) % 10) + key.substring(i + 1);
      }
    }
    return "";
  }

  static Verifier verifier(String profile) {
    MathVerifier.Config defaults =
        (MathVerifier.Config)
            Proxy.newProxyInstance(
                GoldCheck.class.getClassLoader(),
                new Class<?>[] {MathVerifier.Config.class},
                (proxy, method, arguments) -> method.getDefaultValue());
    return new MathVerifier(defaults).withProfile(profile);
  }
}
