package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a password goes that somebody writes into a setting, from the command to the page. */
@Tag("full")
@Timeout(600)
final class SecretsIT {
  private static final String SECRET = "hunter2";

  @TempDir Path folder;

  /** Everything that was said, by who said it. */
  private final Map<String, String> said = new TreeMap<>();

  private Lanpo lanpo;

  @Test
  void itStaysOutOfEveryFileEveryAnswerAndThePage() throws Exception {
    Path configs = Files.createDirectories(folder.resolve("configs"));
    ProductOptions.copyConfigurations(configs);
    lanpo = Lanpo.withColdStarts(folder, configs);
    configuration(configs, "address", "policy.url = http://me:%s@127.0.0.1:9");
    configuration(configs, "key", "policy.api-key = %s");
    configuration(configs, "headers", "policy.headers = X-Key: %s");
    configuration(configs, "text", "description = from https://me:%1$s@host/?token=%1$s");
    assertEquals(0, run("train", "text"));
    String model =
        lanpo.runs().resolve(runs().get(0)).resolve("checkpoints/step-000001").toString();
    assertEquals(1, run("train", "address", "--set", "policy=tinker", "--set", "model=" + model));
    assertEquals(1, run("train", "key"));
    assertEquals(1, run("train", "headers"));
    assertEquals(1, run("train", "text", "--set", "policy.access_token=" + SECRET));
    List<String> runs = runs();
    assertEquals(2, runs.size(), () -> "runs: " + runs + said);
    for (String name : List.of("address", "key", "headers", "text")) {
      run("config", name);
      run("config", name, "--json");
    }
    for (String id : runs) {
      run("run", "show", id);
      run("run", "show", id, "--json");
      run("resume", id, "--set", "policy.url=http://me:" + SECRET + "@127.0.0.1:9");
    }
    run("runs", "--json");
    run("compare", runs.get(0), runs.get(runs.size() - 1), "--json");
    page(runs);
    for (String id : runs) {
      // where it would have been
      assertTrue(said.get("run?run=" + id).contains("://***@"), said.get("run?run=" + id));
      assertTrue(said.get("run show " + id + " --json").contains("://***@"), id);
    }
    assertAll(
        said.entrySet().stream()
            .map(e -> () -> assertTrue(!e.getValue().contains(SECRET), e.toString())));
    assertEquals(List.of(), filesWithIt());
  }

  private static void configuration(Path configs, String name, String line) throws IOException {
    Files.writeString(
        configs.resolve("io.lanpo.run~" + name + ".cfg"),
        "extends = micro-smoke\nsteps = 1\n" + line.formatted(SECRET) + "\n");
  }

  private int run(String... words) throws Exception {
    Lanpo.Result result = lanpo.run(words);
    said.put(String.join(" ", words).replace(SECRET, "…"), result.out() + result.err());
    return result.code();
  }

  private void page(List<String> runs) throws Exception {
    try (Page page = Page.toldOnOutput(lanpo.start("dashboard", "--port", "0", "--json"))) {
      List<String> paths = new ArrayList<>(List.of("runs", "components"));
      runs.forEach(id -> paths.add("run?run=" + id));
      for (String path : paths) {
        said.put(path, page.document(path).toString());
      }
    }
  }

  private List<String> runs() throws IOException {
    try (Stream<Path> all = Files.list(lanpo.runs())) {
      return all.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /** The files in runs/ and var/ that have it. */
  private List<Path> filesWithIt() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path place : List.of(lanpo.runs(), folder.resolve("var/log"))) {
      try (Stream<Path> all = Files.walk(place)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET)) {
            found.add(file);
          }
        }
      }
    }
    return found;
  }
}
