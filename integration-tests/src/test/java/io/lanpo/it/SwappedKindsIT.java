package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.deploy.Deployment;
import io.lanpo.api.deploy.DeploymentListener;
import io.lanpo.api.train.RunState;
import io.lanpo.api.train.RunSummary;
import io.lanpo.api.train.TrainingService;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/**
 * Each kind of component is swapped between two runs of one framework: a newer version of the
 * platform's own bundle serves the next run, and the one after it has gone is as the first.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
@Tag("full")
final class SwappedKindsIT {
  private static final String NEWER = "0.1.1";

  @OsgiService TrainingService training;
  @OsgiService BundleContext context;

  @TempDir Path work;

  private final BlockingQueue<Deployment> told = new LinkedBlockingQueue<>();
  private ServiceRegistration<?> listener;

  @BeforeEach
  void listen() {
    listener =
        context.registerService(DeploymentListener.class, (DeploymentListener) this::hear, null);
  }

  private void hear(Deployment outcome) {
    if (outcome.file().getFileName().toString().startsWith("io.lanpo.")) {
      told.add(outcome);
    }
  }

  @AfterEach
  void unregister() {
    listener.unregister();
  }

  @ParameterizedTest
  @CsvSource({
    "task, io.lanpo.tasks, ''",
    "policy, io.lanpo.policy.djl, ''",
    "verifier, io.lanpo.verifier.exact, ''",
    "reflection, io.lanpo.reflection, ''",
    "abstraction, io.lanpo.abstraction, ''",
    "similarity, io.lanpo.similarity, ''",
    "pool, io.lanpo.pool.chronicle, ''",
    "planner, io.lanpo.feedback, ''",
    "attempts, io.lanpo.feedback, ''",
    "lessons, io.lanpo.feedback, ''",
    "objective, io.lanpo.objective, ''",
    "schedule, io.lanpo.schedule, ''",
    "metrics-sinks.csv, io.lanpo.metrics, metrics-sinks=csv",
    "objective, io.lanpo.relative.selfdistillation, objective=self-distillation",
    "attempts, io.lanpo.relative.experiential, "
        + "planner=experiential attempts=failed objective=experiential",
    "abstraction, io.lanpo.relative.trainingfree, abstraction=group-contrast-micro",
    "lessons, io.lanpo.relative.curation, lessons=curated",
    "objective, io.lanpo.relative.trainingfree, objective=none"
  })
  void theNextRunTakesTheNewerBundle(String kind, String bundle, String set) throws Exception {
    RunSummary first = run(set);
    Path jar = Path.of(context.getProperty("lanpo.deploy")).resolve(bundle + ".jar");
    Files.move(newer(bundle), jar, StandardCopyOption.ATOMIC_MOVE);
    assertEquals(Deployment.State.ACTIVE, next().state());
    RunSummary second = run(set);
    Files.delete(jar);
    assertEquals(Deployment.State.REMOVED, next().state());
    RunSummary third = run(set);
    assertEquals(
        List.of("0.1.0.SNAPSHOT", NEWER, "0.1.0.SNAPSHOT"),
        List.of(version(first, kind), version(second, kind), version(third, kind)));
    for (RunSummary swapped : List.of(second, third)) {
      assertEquals(RunFiles.of(first).metrics(), RunFiles.of(swapped).metrics());
      assertEquals(RunFiles.of(first).rollouts(), RunFiles.of(swapped).rollouts());
    }
  }

  private Deployment next() {
    return Await.next(told);
  }

  private RunSummary run(String set) throws InterruptedException {
    RunSummary run =
        SmallRun.run(training, progress -> {}, (set + " steps=2").strip().split("[ =]"));
    assertEquals(RunState.FINISHED, run.state(), run.message());
    return run;
  }

  private static String version(RunSummary run, String kind) throws IOException {
    return RunFiles.of(run)
        .manifest()
        .getAsJsonObject("components")
        .getAsJsonObject(kind)
        .get("version")
        .getAsString();
  }

  /** The platform's bundle, which says that it is newer. */
  private Path newer(String bundle) throws IOException {
    Path jar = work.resolve(bundle + ".jar");
    try (JarFile of = new JarFile(product(bundle).toFile())) {
      Manifest manifest = new Manifest(of.getManifest());
      Attributes headers = manifest.getMainAttributes();
      headers.putValue(Constants.BUNDLE_VERSION, NEWER);
      try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
        for (ZipEntry entry : of.stream().toList()) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new ZipEntry(entry.getName()));
            of.getInputStream(entry).transferTo(out);
            out.closeEntry();
          }
        }
      }
    }
    return jar;
  }

  private static Path product(String bundle) throws IOException {
    Path bundles = ProductOptions.home().resolve("target/lanpo/bundles");
    try (Stream<Path> all = Files.walk(bundles)) {
      return all.filter(f -> f.getFileName().toString().matches(bundle + "-\\d.*\\.jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
