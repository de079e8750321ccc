package io.lanpo.shell.command.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.api.reward.ProfiledVerifier;
import io.lanpo.api.reward.Response;
import io.lanpo.api.reward.Verdict;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.task.Problem;
import io.lanpo.shell.command.CommandHarness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  private final CommandHarness shell =
      new CommandHarness().with(Verifier.class, "same", new Same(false));

  @TempDir private Path folder;

  /** Right when the texts are the same; abstains from an empty key and breaks on {@code break}. */
  private record Same(boolean anyCase) implements ProfiledVerifier {
    @Override
    public Verdict verify(Problem problem, Response response) {
      String key = problem.key().text();
      if (response.text().equals("break")) {
        throw new IllegalStateException("broken");
      }
      if (key.isEmpty()) {
        return new Verdict.Abstained("no key");
      }
      boolean same = anyCase ? key.equalsIgnoreCase(response.text()) : key.equals(response.text());
      return new Verdict.Scored(same ? 1 : 0, "compared with " + key.toUpperCase(Locale.ROOT));
    }

    @Override
    public Response goldResponse(Problem problem) {
      return new Response(problem.key().text(), true);
    }

    @Override
    public List<String> profiles() {
      return List.of("exact", "any-case");
    }

    @Override
    public Verifier withProfile(String name) {
      return new Same(name.equals("any-case"));
    }
  }

  @Test
  void showsVerdictRewardAndReason() {
    assertEquals(0, shell.run("verify", "--verifier", "same", "--gold", "a", "--response", "a"));
    assertEquals(List.of("scored 1.0", "compared with A"), shell.out().lines().toList());
    assertEquals(
        0, shell.run("verify", "--verifier", "same", "--gold", "a", "--response", "A", "--json"));
    assertEquals(
        "{\"verdict\":\"scored\",\"reward\":0.0,\"explanation\":\"compared with A\"}",
        shell.out().strip());
    assertEquals(0, shell.held.get());
  }

  @Test
  void profilesAreChosenByName() {
    assertEquals(
        0,
        shell.run(
            "verify",
            "--verifier",
            "same",
            "--profile",
            "any-case",
            "--gold",
            "a",
            "--response",
            "A"));
    assertTrue(shell.out().startsWith("scored 1.0"), shell.out());
    assertEquals(
        1,
        shell.run(
            "verify", "--verifier", "same", "--profile", "exat", "--gold", "a", "--response", "A"));
    assertTrue(shell.err().contains("Did you mean exact?"), shell.err());
  }

  @Test
  void judgesAFileInItsOrder() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 4_500; i++) {
      lines.add(
          "{\"id\":\"c%d\",\"gold\":\"%d\",\"prediction\":\"%d\"}"
              .formatted(i, i, i % 3 == 0 ? i : -1));
    }
    lines.add("");
    lines.add("{\"id\":\"none\",\"gold\":\"\",\"prediction\":\"x\"}");
    lines.add("{\"gold\":\"x\",\"prediction\":\"break\"}");
    lines.add(
        "{\"id\":7,\"gold\":\"s\",\"tests\":[\"t\"],\"setup\":null,\"prediction\":"
            + "\"{\\\"tests\\\":[\\\"t\\\"],\\\"solution\\\":\\\"s\\\"}\"}");
    Path file = Files.write(folder.resolve("cases.jsonl"), lines);
    assertEquals(
        0, shell.run("verify", "--verifier", "same", "--cases", file.toString(), "--threads", "3"));
    List<String> out = shell.out().lines().toList();
    assertEquals(4_503, out.size());
    for (int i = 0; i < 4_500; i++) {
      JsonObject verdict = JsonParser.parseString(out.get(i)).getAsJsonObject();
      assertEquals("c" + i, verdict.get("id").getAsString());
      assertEquals(i % 3 == 0 ? 1 : 0, verdict.get("reward").getAsDouble());
    }
    assertEquals(
        "{\"id\":\"none\",\"verdict\":\"abstained\",\"reward\":null,\"explanation\":\"no key\"}",
        out.get(4_500));
    assertTrue(
        out.get(4_501).startsWith("{\"id\":\"4503\",\"verdict\":\"failed\",\"reward\":null"),
        out.get(4_501));
    assertTrue(
        out.get(4_502).startsWith("{\"id\":\"7\",\"verdict\":\"scored\",\"reward\":1.0"),
        out.get(4_502));
    assertTrue(
        shell
            .err()
            .startsWith("4503 cases: 4501 scored, mean reward 0.3335; 1 abstained, 1 failed"),
        shell.err());
  }

  @Test
  void readsAFileWithOtherNames() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("data.jsonl"),
            "{\"answer\":\"1\",\"test_list\":[\"t\"],\"code\":\"1\"}\n");
    String[] words = {
      "verify", "--verifier", "same", "--cases", file.toString(), "--prediction-field", "code"
    };
    assertEquals(0, shell.run(with(words, "--gold-field", "answer")));
    assertTrue(shell.out().contains("\"reward\":1.0"), shell.out());
    assertEquals(0, shell.run(with(words, "--key-fields", "tests=test_list | solution=code")));
    assertTrue(
        shell
            .out()
            .contains("compared with {\\\"TESTS\\\":[\\\"T\\\"],\\\"SOLUTION\\\":\\\"1\\\"}"),
        shell.out());
    assertEquals(1, shell.run(with(words, "--key-fields", "tests | solution=code")));
    assertTrue(shell.err().contains("data.jsonl: line 1 lacks tests"), shell.err());
    assertEquals(2, shell.run(with(words, "--key-fields", "tests |")));
    assertTrue(shell.err().contains("--key-fields 'tests |' cannot be read"), shell.err());
    assertEquals(1, shell.run("verify", "--verifier", "same", "--cases", file.toString()));
    assertTrue(shell.err().contains("data.jsonl: line 1 lacks gold"), shell.err());
  }

  private static String[] with(String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void aListOfAnswersIsAKeyOfAlternatives() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("list.jsonl"),
            "{\"gold\":[\"a\", 2],\"prediction\":\"[\\\"a\\\",\\\"2\\\"]\"}\n");
    assertEquals(0, shell.run("verify", "--verifier", "same", "--cases", file.toString()));
    assertTrue(shell.out().contains("\"reward\":1.0"), shell.out());
  }

  @Test
  void namesTheLineThatCannotBeRead() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("bad.jsonl"),
            "{\"gold\":\"1\",\"prediction\":\"1\"}\n{\"gold\":\"1\"}\n");
    assertEquals(1, shell.run("verify", "--verifier", "same", "--cases", file.toString()));
    assertTrue(shell.err().contains("bad.jsonl: line 2 lacks prediction"), shell.err());
    Files.writeString(file, "nonsense {");
    assertEquals(1, shell.run("verify", "--verifier", "same", "--cases", file.toString()));
    assertTrue(shell.err().contains("line 1 is no JSON object"), shell.err());
    Files.writeString(file, "{\"gold\":\"1\",\"prediction\":\"1\",\"gold\":\"2\"}");
    assertEquals(1, shell.run("verify", "--verifier", "same", "--cases", file.toString()));
    assertTrue(
        shell.err().contains("line 1 is not clear: the key gold is given twice"), shell.err());
    Files.write(
        file,
        "{\"gold\":\"1\",\"prediction\":\"1\"}\n\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(1, shell.run("verify", "--verifier", "same", "--cases", file.toString()));
    assertTrue(shell.err().contains("bad.jsonl: line 2 is not UTF-8"), shell.err());
    String missing = folder.resolve("missing.jsonl").toString();
    assertEquals(1, shell.run("verify", "--verifier", "same", "--cases", missing));
    assertTrue(shell.err().contains("missing.jsonl cannot be read"), shell.err());
  }

  @Test
  void wrongUsageIsExplained() {
    assertEquals(2, shell.run("verify", "--verifier", "same"));
    assertTrue(shell.err().contains("either --gold and --response, or --cases"), shell.err());
    assertEquals(2, shell.run("verify", "--verifier", "same", "--gold", "1"));
    assertEquals(2, shell.run("verify", "--verifier", "same", "--gold", "1", "--cases", "f"));
    assertEquals(1, shell.run("verify", "--verifier", "sane", "--gold", "1", "--response", "1"));
    assertTrue(shell.err().contains("Did you mean same?"), shell.err());
  }
}
