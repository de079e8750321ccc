package io.lanpo.shell.completion;

import io.lanpo.api.bench.Benchmark;
import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.UserException;
import io.lanpo.api.experiment.Experiments;
import io.lanpo.api.reward.Verifier;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.train.Installation;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.shell.command.Completes.Values;
import io.lanpo.shell.service.ServiceHandle;
import io.lanpo.shell.service.Services;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The values that the services of the platform and its folders have. */
public final class ServiceValues implements ValueSource {
  private static final String POOL = "pool.";
  private static final String SHARED_POOL = "pool.name";

  /** What may be changed of a run that goes on, as {@code resume --help} says. */
  private static final List<String> LENGTH = List.of("steps", "evaluation.patience");

  /** Two settings of a run name a policy. */
  private static final Map<String, String> KINDS = Map.of("text", "policy");

  private static final SettingChoices NONE = new SettingChoices(List.of(), Map.of());

  private final Services services;
  private final Installation installation;

  /**
   * @param services what is asked; a service that is missing has no values
   */
  public ServiceValues(Services services, Installation installation) {
    this.services = services;
    this.installation = installation;
  }

  @Override
  public List<Choice> choices(Values kind, String word, Given given) throws InterruptedException {
    return switch (kind) {
      case CONFIGURATION -> ask(TrainingService.class, t -> plain(t.configurations()), List.of());
      case RUN -> ask(TrainingService.class, ServiceValues::runs, List.of());
      case CHECKPOINT -> ask(TrainingService.class, t -> checkpoints(t, given), List.of());
      case SETTING, LENGTH_SETTING, POOL_SETTING ->
          settings(kind, word, ask(TrainingService.class, t -> settings(t, given), NONE));
      case BENCHMARK_SETTING -> benchmark(word, given);
      case POOL -> with(pools(), PathChoices.of(word, name -> false));
      case POOL_OR_RUN ->
          with(
              with(pools(), choices(Values.RUN, word, given)), PathChoices.of(word, name -> false));
      case EXPERIMENT -> ask(Experiments.class, e -> plain(e.names()), List.of());
      case BENCHMARK -> plain(services.names(Benchmark.class));
      case VERIFIER -> plain(services.names(Verifier.class));
      case FILTER -> plain(services.names(SimilarityFilter.class));
      case COMPONENT -> components(state -> true);
      case BUNDLE ->
          with(
              plain(folders(installation.home().resolveSibling("bundles"), "pom.xml")),
              PathChoices.of(word, name -> name.endsWith(".jar")));
      case FILE -> PathChoices.of(word, name -> true);
      case MODEL -> PathChoices.of(word, name -> name.endsWith(".gguf"));
      case WORD, COMMAND -> List.of();
    };
  }

  /**
   * What {@code --set} may begin with, by all configurations, with the words that may follow; none
   * for numbers and texts.
   */
  Map<String, List<String>> settings() throws InterruptedException {
    Map<String, Setting<?>> declared = new TreeMap<>();
    ask(
        TrainingService.class,
        training -> {
          for (String configuration : training.configurations()) {
            training.settings(configuration).forEach(s -> declared.putIfAbsent(s.key(), s));
          }
          return true;
        },
        false);
    Map<String, List<String>> words = new TreeMap<>();
    for (Setting<?> setting : declared.values()) {
      List<Choice> named = named(setting);
      words.put(
          SettingChoices.begun(setting),
          named.isEmpty() ? setting.choices() : named.stream().map(Choice::value).toList());
    }
    return words;
  }

  private static List<Choice> runs(TrainingService training) {
    return training.runs().stream()
        .map(run -> Choice.of(run.id(), Setting.word(run.state())))
        .toList();
  }

  private static List<Choice> checkpoints(TrainingService training, Given given) {
    RunSummary run = training.run(given.of(Values.RUN));
    return plain(folders(run.folder().resolve("checkpoints"), "checkpoint.json"));
  }

  /** The settings that a line is about; where it names no run or configuration, those of any. */
  private static SettingChoices settings(TrainingService training, Given given) {
    String configuration = given.of(Values.CONFIGURATION);
    if (configuration.isEmpty() && !given.of(Values.RUN).isEmpty()) {
      configuration = training.run(given.of(Values.RUN)).configuration();
    }
    List<String> known = training.configurations();
    if (!known.contains(configuration)) {
      configuration = known.isEmpty() ? "" : known.get(0);
    }
    List<Setting<?>> declared = training.settings(configuration);
    try {
      return new SettingChoices(declared, training.values(configuration, given.settings()));
    } catch (UserException e) {
      // what is typed does not make a run yet
      return new SettingChoices(declared, Map.of());
    }
  }

  private List<Choice> settings(Values kind, String word, SettingChoices all)
      throws InterruptedException {
    return switch (kind) {
      case LENGTH_SETTING -> settings(word, all.only(s -> LENGTH.contains(s.key())));
      case POOL_SETTING -> settings(word, all.below(POOL).only(s -> !s.key().equals("name")));
      default -> settings(word, all);
    };
  }

  private List<Choice> settings(String word, SettingChoices all) throws InterruptedException {
    int at = word.indexOf('=');
    if (at < 0) {
      return all.keys(word);
    }
    Optional<Setting<?>> setting = all.setting(word.substring(0, at));
    List<Choice> values =
        setting.isPresent() ? values(setting.get(), word.substring(at + 1), all) : List.of();
    return values.stream().map(choice -> choice.behind(word.substring(0, at + 1))).toList();
  }

  private List<Choice> values(Setting<?> setting, String begun, SettingChoices all)
      throws InterruptedException {
    if (setting.type() != Setting.Type.TEXT) {
      return all.words(setting);
    }
    if (setting.key().equals(SHARED_POOL)) {
      return pools();
    }
    List<Choice> named = named(setting);
    return named.isEmpty() ? PathChoices.of(begun, name -> true) : named;
  }

  /** The components that a setting may name; none when it names no component. */
  private List<Choice> named(Setting<?> setting) throws InterruptedException {
    String kind = KINDS.getOrDefault(setting.key(), setting.key());
    return components(state -> state.kind().equals(kind));
  }

  private List<Choice> benchmark(String word, Given given) throws InterruptedException {
    try (ServiceHandle<Benchmark> held =
        services.named(Benchmark.class, given.of(Values.BENCHMARK), "bench")) {
      return settings(word, new SettingChoices(held.get().settings(given.settings()), Map.of()));
    } catch (UserException e) {
      return List.of();
    }
  }

  private List<Choice> components(Predicate<ComponentState> wanted) throws InterruptedException {
    return ask(
        ComponentCatalogue.class,
        c ->
            c.components().stream()
                .filter(wanted)
                .filter(state -> !state.kind().equals("bundle") || !state.nextStep().isEmpty())
                .map(ComponentState::name)
                .distinct()
                .sorted(Comparator.naturalOrder())
                .map(Choice::of)
                .toList(),
        List.of());
  }

  private List<Choice> pools() {
    return plain(folders(installation.sharedPools(), ""));
  }

  /**
   * Names of the folders in a folder.
   *
   * @param file what such a folder has in it; empty for any
   */
  private static List<String> folders(Path parent, String file) {
    String[] names = parent.toFile().list();
    return names == null
        ? List.of()
        : Stream.of(names)
            .filter(name -> Files.isDirectory(parent.resolve(name)))
            .filter(name -> file.isEmpty() || Files.exists(parent.resolve(name).resolve(file)))
            .sorted()
            .toList();
  }

  private static List<Choice> plain(List<String> words) {
    return words.stream().map(Choice::of).toList();
  }

  private static List<Choice> with(List<Choice> some, List<Choice> others) {
    List<Choice> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  /** Nothing to complete without the service; the command itself will say what is missing. */
  private <T, A> A ask(Class<T> type, Function<T, A> question, A otherwise)
      throws InterruptedException {
    try (ServiceHandle<T> service = services.only(type)) {
      return question.apply(service.get());
    } catch (UserException e) {
      return otherwise;
    }
  }
}
