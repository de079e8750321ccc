import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The table of {@code run}: arguments are titles and files with the answers of an evaluation. */
final class Recipes {
  private Recipes() {}

  public static void main(String[] args) throws IOException {
    System.out.println(
        "| recipe, data | problems | answer found | cut off | accuracy | solution found in reviews"
            + " | cut off | accuracy after | repaired | broken |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (int i = 0; i + 1 < args.length; i += 2) {
      row(args[i], Path.of(args[i + 1]));
    }
  }

  private static void row(String title, Path file) throws IOException {
    Map<String, List<JsonObject>> byMode =
        Files.readAllLines(file).stream()
            .map(line -> JsonParser.parseString(line).getAsJsonObject())
            .collect(Collectors.groupingBy(answer -> answer.get("mode").getAsString()));
    List<JsonObject> plain = byMode.getOrDefault("zero-shot", List.of());
    // one that was cut off is not reviewed: the plain question is asked again
    List<JsonObject> second = byMode.getOrDefault("reflect", List.of());
    List<JsonObject> reviews = second.stream().filter(a -> !is("fellBack", a)).toList();
    Map<String, Boolean> before =
        plain.stream().collect(Collectors.toMap(Recipes::key, a -> is("accepted", a)));
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %s | %s | %s | %s | %s | %s | %d | %d |%n",
        title,
        plain.size(),
        share(plain, Recipes::found),
        share(plain, a -> !is("finished", a)),
        share(plain, a -> is("accepted", a)),
        share(reviews, Recipes::found),
        share(reviews, a -> !is("finished", a)),
        share(second, a -> is("accepted", a)),
        reviews.stream().filter(a -> is("accepted", a) && !before.get(key(a))).count(),
        reviews.stream().filter(a -> !is("accepted", a) && before.get(key(a))).count());
  }

  /** The verifiers say so when they find none; of what was cut off they do not look for any. */
  private static boolean found(JsonObject answer) {
    String explanation = answer.get("explanation").getAsString();
    return is("finished", answer)
        && !explanation.startsWith("no answer")
        && !explanation.startsWith("no program")
        // a response without a block is taken for a program where that is allowed; words are none
        && !(explanation.contains("(the whole response)") && explanation.contains("SyntaxError"));
  }

  private static boolean is(String name, JsonObject answer) {
    return answer.get(name).getAsBoolean();
  }

  private static String key(JsonObject answer) {
    return answer.get("number") + "/" + answer.get("sample");
  }

  private static String share(List<JsonObject> of, Predicate<JsonObject> which) {
    return of.isEmpty()
        ? "–"
        : "%.1f %%"
            .formatted(100.0 * of.stream().filter(which).count() / of.size())
            .replace(',', '.');
  }
}
