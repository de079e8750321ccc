package io.lanpo.bench.policy;

import io.lanpo.api.bench.Benchmark;
import io.lanpo.api.bench.MachineLimits;
import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentCatalogue.Wanted;
import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.component.LanpoName;
import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.policy.Policy;
import io.lanpo.api.policy.PolicyBackend;
import io.lanpo.api.policy.TokenizerService;
import io.lanpo.api.train.RunListener;
import io.lanpo.bench.measure.Course;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/**
 * What a policy costs: generation for groups and for single prompts, an update, a whole training
 * step, and how generation grows with the batch and with the context.
 */
@Component(service = Benchmark.class, scope = ServiceScope.PROTOTYPE)
@LanpoName("policy")
public final class PolicyBenchmark implements Benchmark {
  static final Setting<Integer> REPETITIONS =
      Setting.integer(
          "repetitions", 3, 1, 1000, "runs", "How often each workload runs; medians are reported.");

  private static final String NAME = "policy";
  private static final String PREFIX = "policy.";
  private static final String BACKEND = "djl";

  private static final Setting<Boolean> QUICK =
      Setting.flag(Benchmark.QUICK, false, "Small workloads, once: a first figure within seconds.");

  private static final Setting<String> MODEL =
      Setting.text("model", "", "Checkpoint folder to measure; empty: a new, small model.");

  private static final Setting<String> POLICY =
      Setting.text("policy", BACKEND, "The policy backend.");

  /** Words of a new model, about as many as the micro-world has. */
  private static final int WORDS = 89;

  private final ComponentCatalogue catalogue;
  private final TokenizerService tokenizers;

  /**
   * @param catalogue finds the backends
   * @param tokenizers makes the tokenizer of a new model
   */
  @Activate
  public PolicyBenchmark(
      @Reference ComponentCatalogue catalogue, @Reference TokenizerService tokenizers) {
    this.catalogue = catalogue;
    this.tokenizers = tokenizers;
  }

  @Override
  public List<Setting<?>> settings(Map<String, String> given) {
    List<Setting<?>> all = new ArrayList<>();
    boolean quick = Boolean.parseBoolean(given.get(QUICK.key()));
    all.addAll(List.of(QUICK, REPETITIONS.withDefault(quick ? 1 : 3), MODEL));
    all.addAll(Workloads.settings());
    all.add(POLICY);
    try (ComponentUse<PolicyBackend> backend = backend(given.getOrDefault(POLICY.key(), BACKEND))) {
      backend.instance().settings().forEach(setting -> all.add(setting.prefixed(PREFIX)));
    }
    return List.copyOf(all);
  }

  private ComponentUse<PolicyBackend> backend(String name) {
    return catalogue.use(new Wanted<>(PolicyBackend.class, name, POLICY.key()), "");
  }

  @Override
  public List<Figure> run(Settings settings, RunListener listener) {
    Course course = new Course(NAME, listener);
    course.prepare("opening the model");
    String name = settings.get(POLICY);
    Optional<ComponentUse<MachineLimits>> limits =
        catalogue.names(MachineLimits.class).contains(name)
            ? Optional.of(catalogue.use(new Wanted<>(MachineLimits.class, name, POLICY.key()), ""))
            : Optional.empty();
    try (ComponentUse<PolicyBackend> backend = backend(name)) {
      Settings own = chosen(backend.instance(), settings.under(PREFIX), settings.get(MODEL));
      try (Policy policy = open(backend.instance(), own, settings.get(MODEL))) {
        List<Workload> workloads =
            Workloads.of(
                settings,
                settings.get(QUICK),
                policy.info().contextLength(),
                backend.instance().trains());
        return new Turns(
                policy,
                workloads,
                limits.map(l -> () -> l.instance().measure(own)),
                settings.get(REPETITIONS),
                course)
            .run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      limits.ifPresent(ComponentUse::close);
    }
  }

  /** With what the backend chooses for this machine, so that its limits are of that choice, too. */
  private static Settings chosen(PolicyBackend backend, Settings own, String model) {
    Map<String, String> values = new HashMap<>();
    backend
        .choices(Optional.of(model).filter(m -> !m.isEmpty()).map(Path::of), own)
        .forEach(choice -> values.put(choice.key(), choice.value()));
    return own.with(values);
  }

  private Policy open(PolicyBackend backend, Settings own, String model) {
    if (!model.isEmpty()) {
      return backend.open(Path.of(model), own);
    }
    List<String> words = IntStream.range(0, WORDS).mapToObj(i -> "word" + i).toList();
    return backend.create(own, tokenizers.ofWords(words), 1);
  }
}
