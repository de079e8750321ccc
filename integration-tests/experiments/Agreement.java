import com.google.gson.Gson;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Agreement of the mathematics verifier with hand-judged cases, by kind, and its speed in processor
 * time: the best of thirty passes, the first of which warm it up.
 *
 * <p>Arguments: the profile, then JSONL files with {@code kind}, {@code gold}, {@code response} and
 * {@code right}.
 */
public final class Agreement {
  private static final int PASSES = 30;
  private static final double NANOS = 1e9;
  private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

  private record Case(String kind, String gold, String response, boolean right) {}

  private Agreement() {}

  public static void main(String[] args) throws IOException {
    Verifier verifier = GoldCheck.verifier(args[0]);
    Gson gson = new Gson();
    List<Case> cases = new ArrayList<>();
    for (String file : List.of(args).subList(1, args.length)) {
      Files.readAllLines(Path.of(file)).forEach(line -> cases.add(gson.fromJson(line, Case.class)));
    }
    Map<String, int[]> kinds = new LinkedHashMap<>();
    int accepted = 0;
    int refused = 0;
    for (Case each : cases) {
      boolean right = judge(verifier, each);
      int[] counts = kinds.computeIfAbsent(each.kind, k -> new int[2]);
      counts[0] += right == each.right ? 1 : 0;
      counts[1]++;
      accepted += right && !each.right ? 1 : 0;
      refused += each.right && !right ? 1 : 0;
    }
    double best = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      long begin = THREAD.getCurrentThreadCpuTime();
      cases.forEach(each -> judge(verifier, each));
      best = Math.max(best, cases.size() * NANOS / (THREAD.getCurrentThreadCpuTime() - begin));
    }
    kinds.forEach((kind, n) -> System.out.printf("| %s | %d of %d |%n", kind, n[0], n[1]));
    System.out.printf(
        Locale.ROOT,
        "lanpo %s: %d of %d agree, %d wrongly accepted, %d wrongly refused, %.0f cases a second of"
            + " processor time%n",
        args[0],
        cases.size() - accepted - refused,
        cases.size(),
        accepted,
        refused,
        best);
  }

  private static boolean judge(Verifier verifier, Case each) {
    Problem problem = new Problem(new Question("case", ""), new AnswerKey(each.gold), Map.of());
    return verifier.accepts(verifier.verify(problem, new Response(each.response, true)));
  }
}
