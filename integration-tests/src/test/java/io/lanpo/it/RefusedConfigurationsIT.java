package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.UserException;
import io.lanpo.api.train.EvaluationMode;
import io.lanpo.api.train.EvaluationRequest;
import io.lanpo.api.train.ProblemPart;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import io.lanpo.it.paxexam.ProductOptions;
import io.lanpo.runtime.LaunchException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/**
 * A broken configuration of every kind of component that has one: whoever is asked gives the same
 * reason, with the file, and nobody takes the component's defaults in its place.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class RefusedConfigurationsIT {
  /**
   * A broken file.
   *
   * @param kind of the component
   * @param name by which a run asks for it
   * @param file its configuration
   * @param text what stands in it
   * @param reason what everybody has to say
   */
  private record Broken(String kind, String name, String file, String text, String reason) {
    @Override
    public String toString() {
      return file + ": " + reason;
    }
  }

  private static final List<Broken> ALL =
      List.of(
          broken(
              "verifier",
              "math",
              "verifier.math",
              "profilee = STRICT",
              "unknown key profilee = STRICT"),
          broken(
              "verifier",
              "code",
              "verifier.code",
              "cpu-seconds = 0",
              "cpu-seconds = 0 is not allowed; it must be a whole number from 1 to 600"),
          broken(
              "verifier",
              "length",
              "verifier.length",
              "limit = many",
              "limit = many is not allowed; it must be a whole number of at least 1"),
          broken(
              "verifier",
              "format",
              "verifier.format",
              "pattern = (a",
              "pattern = (a is not allowed"),
          broken(
              "verifier",
              "composite",
              "verifier.composite",
              "parts = exact * 0.9 | nope",
              "parts = nope names no installed verifier"),
          broken(
              "abstraction",
              "lessons",
              "abstraction.template~lessons",
              "lanpo.name = lessons\ndistil = a\ndistil = b",
              "the key distil is given twice"),
          broken(
              "abstraction",
              "short",
              "abstraction.template~short",
              "lanpo.name = short\ndistil = {{question}}{{attempt}}\n"
                  + "apply = {{question}}{{#lessons}}{{text}}{{/lessons}}\nmax-lessons = 0",
              "max-lessons = 0 is not allowed; it must be a whole number of at least 1"),
          broken(
              "reflection",
              "empty",
              "reflection.template~empty",
              "lanpo.name = empty\nsolution-marker = x",
              "prompt is missing"),
          broken(
              "reflection",
              "chatty",
              "reflection.template~chatty",
              "lanpo.name = chatty\nprompt = {{question}}{{attempt}}\nsolution-marker = x\nformat = chatty",
              "format = chatty is not allowed; it must be PLAIN, CHAT"),
          broken(
              "reflection",
              "secret",
              "reflection.template~secret",
              "lanpo.name = secret\nprompt = {{answer}} {{question}} {{attempt}}\nsolution-marker = x",
              "prompt refers to the unknown variable {{answer}}"),
          broken(
              "similarity",
              "lexical",
              "similarity.lexical",
              "cache.size = 0",
              "cache.size = 0 is not allowed; it must be a whole number of at least 1"),
          broken(
              "similarity",
              "minilm",
              "similarity.minilm",
              "index_above = 3",
              "unknown key index_above = 3"),
          broken(
              "similarity",
              "judge-2",
              "similarity.judge~2",
              "lanpo.name = judge-2\nprompt = {{question}}{{other}}\nunreadable = 2",
              "unreadable = 2 is not allowed; it must be a number from -1 to 1"));

  private static Broken broken(String kind, String name, String file, String text, String reason) {
    return new Broken(kind, name, "io.lanpo." + file + ".cfg", text, reason);
  }

  @OsgiService TrainingService training;
  @OsgiService ComponentCatalogue catalogue;
  @OsgiService CommandProcessor commands;

  @TempDir Path model;

  @Configuration
  static Option[] withTheBrokenFiles() throws IOException, LaunchException {
    Path work = PaxExamExtension.work(RefusedConfigurationsIT.class);
    Path configs = Files.createDirectories(work.resolve("configs"));
    ProductOptions.copyConfigurations(configs);
    for (Broken each : ALL) {
      Files.writeString(configs.resolve(each.file()), each.text() + "\n");
    }
    return ProductOptions.of(work, configs, Set.of("base", "train")).toArray(Option[]::new);
  }

  /** Numbers, as a test's arguments come from another class loader than its class. */
  static IntStream all() {
    return IntStream.range(0, ALL.size());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everybodyGivesTheSameReason(int index) throws Exception {
    Broken broken = ALL.get(index);
    Map<String, String> overrides = Map.of(broken.kind(), broken.name());
    String reason =
        catalogue.components().stream()
            .filter(c -> c.kind().equals(broken.kind()) && c.name().equals(broken.name()))
            .map(RefusedConfigurationsIT::refusal)
            .findFirst()
            .orElseThrow();
    assertTrue(reason.contains(broken.file()), reason);
    assertTrue(reason.contains(broken.reason()), reason);

    String train = refused(() -> training.start("micro-smoke", overrides, progress -> {}));
    String told =
        "--set: %s = %s does not serve: %s".formatted(broken.kind(), broken.name(), reason);
    assertEquals(told, train);
    EvaluationRequest evaluation = evaluation(overrides);
    assertEquals(told, refused(() -> training.evaluate(evaluation, progress -> {})));
    if (broken.kind().equals("verifier")) {
      String verify =
          shell("verify --verifier '%s' --gold 1 --response 1".formatted(broken.name()));
      assertTrue(flat(verify).contains(flat(reason)), verify);
    }
    for (String command : List.of("why '" + broken.name() + "'", "components --json")) {
      String said = shell(command);
      assertTrue(
          flat(said.replace("\\\"", "\"")).contains(flat(broken.reason())), command + ": " + said);
    }
  }

  /** The settings of a task, a policy and a pool stand in the run's own file. */
  @ParameterizedTest
  @MethodSource("settings")
  void settingsOfARunAreRefusedAlike(String key, String value, String reason) throws Exception {
    // the usual filter is one of those that are broken
    Map<String, String> overrides = Map.of(key, value, "similarity", "judge");
    String train = refused(() -> training.start("micro-smoke", overrides, progress -> {}));
    assertTrue(train.contains(reason), train);
    EvaluationRequest evaluation = evaluation(overrides);
    assertEquals(train, refused(() -> training.evaluate(evaluation, progress -> {})));
    assertEquals(train, refused(() -> training.values("micro-smoke", overrides)));
  }

  static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of("task.operators", "0", "--set: task.operators = 0 is not allowed; it must be"),
        Arguments.of("policy.layers", "x", "--set: policy.layers = x is not allowed; it must be"),
        Arguments.of("pool.evict", "never", "--set: unknown key pool.evict = never"));
  }

  @Test
  void whatIsNotBrokenServes() {
    assertTrue(catalogue.components().stream().anyMatch(c -> c.name().equals("qa") && c.serves()));
  }

  private static String refusal(ComponentState state) {
    assertEquals(ComponentState.Condition.REFUSED, state.condition(), state.toString());
    return String.join(": ", state.causes());
  }

  /** Of a folder that looks like a checkpoint as far as it is looked at here. */
  private EvaluationRequest evaluation(Map<String, String> overrides) throws IOException {
    Files.writeString(model.resolve("config.json"), "{}");
    return new EvaluationRequest(
        "",
        "micro-smoke",
        "",
        model.toString(),
        overrides,
        ProblemPart.HELD_OUT,
        0,
        List.of(EvaluationMode.ZERO_SHOT),
        1,
        1,
        true);
  }

  private static String refused(Supplier<?> call) {
    return String.valueOf(assertThrows(UserException.class, call::get).getMessage());
  }

  /** What a command prints, on either stream. */
  private String shell(String line) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    try (CommandSession session =
        commands.createSession(new ByteArrayInputStream(new byte[0]), print, print)) {
      session.put("SCOPE", "lanpo:*");
      session.execute(line);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Commands break lines and indent causes. */
  private static String flat(String text) {
    return text.replaceAll("\\s+|because ", " ").replaceAll(" +", " ").replace(": ", " ");
  }
}
