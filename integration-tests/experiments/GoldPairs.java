import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.AnswerKey;
import io.lanpo.api.task.Problem;
import io.lanpo.api.task.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks the mathematics verifier whether the gold answer of one problem answers another, and prints
 * the pairs that it accepts, by the rule that decided.
 *
 * <p>Arguments: the profile, how many pairs, then JSONL files with {@code answer}. Half of the pairs
 * are neighbours, either with the same digits or alike but for the digits; the rest is drawn. Pairs
 * that differ in spelling only ({@code \dfrac} and {@code \frac}, spaces) are left out beforehand.
 */
public final class GoldPairs {
  private static final int SHOWN = 12;

  private record Pair(String key, String answer) {}

  private GoldPairs() {}

  public static void main(String[] args) throws IOException {
    Verifier verifier = GoldCheck.verifier(args[0]);
    int wanted = Integer.parseInt(args[1]);
    List<Pair> pairs = pairs(golds(List.of(args).subList(2, args.length)), wanted);
    Map<String, List<Pair>> accepted = new TreeMap<>();
    int abstained = 0;
    for (Pair pair : pairs) {
      Problem problem = new Problem(new Question("pair", ""), new AnswerKey(pair.key), Map.of());
      Verdict verdict =
          verifier.verify(problem, new Response("\\boxed{" + pair.answer + "}", true));
      if (verifier.accepts(verdict)) {
        String rule = verdict.explanation().replaceAll("(?s).* \\((.*)\\)\\.$", "$1");
        accepted.computeIfAbsent(rule, r -> new ArrayList<>()).add(pair);
      }
      abstained += verdict instanceof Verdict.Scored ? 0 : 1;
    }
    int all = accepted.values().stream().mapToInt(List::size).sum();
    System.out.printf(
        "%d pairs, %d accepted, %d not scored.%n%n", pairs.size(), all, abstained);
    System.out.println("| rule | pairs | such as |");
    System.out.println("|---|---|---|");
    accepted.forEach(
        (rule, of) ->
            System.out.printf(
                "| %s | %d | %s |%n",
                rule,
                of.size(),
                String.join(
                    ", ",
                    of.stream()
                        .limit(SHOWN)
                        .map(p -> "`%s` / `%s`".formatted(cell(p.key), cell(p.answer)))
                        .toList())));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }

  private static List<String> golds(List<String> files) throws IOException {
    Map<String, String> bySpelling = new TreeMap<>();
    for (String file : files) {
      for (String line : Files.readAllLines(Path.of(file))) {
        JsonObject row = JsonParser.parseString(line).getAsJsonObject();
        String gold = row.get("answer").getAsString().replaceAll("(?s).*####", "").strip();
        bySpelling.putIfAbsent(spelling(gold), gold);
      }
    }
    return new ArrayList<>(bySpelling.values());
  }

  /** A text without what is only dress. */
  private static String spelling(String gold) {
    return gold.replaceAll("\\\\[dt]frac", "\\\\frac")
        .replaceAll("\\\\(left|right|!|,|;)|[\\s{}]|\\.$", "");
  }

  private static List<Pair> pairs(List<String> golds, int wanted) {
    Set<Pair> pairs = new LinkedHashSet<>();
    neighbours(golds, Comparator.comparing(GoldPairs::digits), pairs, wanted / 4);
    neighbours(
        golds,
        Comparator.comparing((String gold) -> gold.replaceAll("\\d", ""))
            .thenComparing(Comparator.naturalOrder()),
        pairs,
        wanted / 2);
    Random random = new Random(11);
    while (pairs.size() < wanted) {
      String key = golds.get(random.nextInt(golds.size()));
      String answer = golds.get(random.nextInt(golds.size()));
      boolean formula = !(key + answer).matches("[\\d,.-]+");
      if (formula && !key.equals(answer)) {
        pairs.add(new Pair(key, answer));
      }
    }
    return new ArrayList<>(pairs);
  }

  private static void neighbours(
      List<String> golds, Comparator<String> order, Set<Pair> pairs, int upTo) {
    List<String> sorted = golds.stream().sorted(order.thenComparing(String::compareTo)).toList();
    for (int apart = 1; apart < sorted.size() && pairs.size() < upTo; apart++) {
      for (int i = 0; i + apart < sorted.size() && pairs.size() < upTo; i++) {
        boolean turned = i % 2 == 0;
        pairs.add(
            new Pair(
                sorted.get(turned ? i + apart : i), sorted.get(turned ? i : i + apart)));
      }
    }
  }

  private static String digits(String gold) {
    Set<String> numbers = new TreeSet<>(List.of(gold.split("\\D+")));
    return String.join(" ", numbers).strip();
  }
}
