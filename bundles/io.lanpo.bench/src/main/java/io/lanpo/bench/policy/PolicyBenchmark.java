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
  private static final String NAME = "policy";
  private static final String POLICY = "policy";
  private static final String PREFIX = POLICY + ".";
  private static final String BACKEND = "djl";
  private static final String MODEL = "model";
  private static final String REPETITIONS = "repetitions";

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
  public List<Setting> settings(Map<String, String> given) {
    List<Setting> all = new ArrayList<>();
    all.add(Setting.flag(QUICK, false, "Small workloads, once: a first figure within seconds."));
    all.add(
        Setting.integer(
            REPETITIONS,
            Boolean.parseBoolean(given.get(QUICK)) ? 1 : 3,
            1,
            1000,
            "runs",
            "How often each workload runs; medians are reported."));
    all.add(Setting.text(MODEL, "", "Checkpoint folder to measure; empty: a new, small model."));
    all.addAll(Workloads.settings());
    all.add(Setting.text(POLICY, BACKEND, "The policy backend."));
    try (ComponentUse<PolicyBackend> backend = backend(given.getOrDefault(POLICY, BACKEND))) {
      backend.instance().settings().forEach(setting -> all.add(setting.prefixed(PREFIX)));
    }
    return List.copyOf(all);
  }

  private ComponentUse<PolicyBackend> backend(String name) {
    return catalogue.use(new Wanted<>(PolicyBackend.class, name, POLICY), "");
  }

  @Override
  public List<Figure> run(Settings settings, RunListener listener) {
    Course course = new Course(NAME, listener);
    course.prepare("opening the model");
    String name = settings.text(POLICY);
    Optional<ComponentUse<MachineLimits>> limits =
        catalogue.names(MachineLimits.class).contains(name)
            ? Optional.of(catalogue.use(new Wanted<>(MachineLimits.class, name, POLICY), ""))
            : Optional.empty();
    try (ComponentUse<PolicyBackend> backend = backend(name)) {
      Settings own =
          Settings.of("command line", backend.instance().settings(), settings.under(PREFIX));
      try (Policy policy = open(backend.instance(), own, settings.text(MODEL))) {
        List<Workload> workloads =
            Workloads.of(
                settings,
                settings.flag(QUICK),
                policy.info().contextLength(),
                backend.instance().trains());
        return new Turns(
                policy,
                workloads,
                limits.map(l -> () -> l.instance().measure(own)),
                settings.integer(REPETITIONS),
                course)
            .run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      limits.ifPresent(ComponentUse::close);
    }
  }

  private Policy open(PolicyBackend backend, Settings own, String model) {
    if (!model.isEmpty()) {
      return backend.open(Path.of(model), own);
    }
    List<String> words = IntStream.range(0, WORDS).mapToObj(i -> "word" + i).toList();
    return backend.create(own, tokenizers.ofWords(words), 1);
  }
}
