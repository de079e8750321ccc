package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.feedback.ReflectionStrategy;
import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import io.lanpo.it.paxexam.ProductOptions;
import io.lanpo.runtime.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.wiring.BundleWiring;

/**
 * What arrives in deploy/ and configs/ while the framework runs takes effect, and goes when its
 * file goes.
 */
@ExtendWith(PaxExamExtension.class)
@Timeout(600)
final class DeployIT {
  private static final String TEMPLATE =
      "lanpo.name = %s\nprompt = {{question}} {{attempt}}\nsolution-marker = solution :\n";

  @OsgiService BundleContext context;

  @Configuration
  static Option[] emptyConfigurations() throws IOException, LaunchException {
    Path work = PaxExamExtension.work(DeployIT.class);
    Path configs = Files.createDirectories(work.resolve("configs"));
    Files.writeString(
        configs.resolve("io.lanpo.reflection.template~before.cfg"), TEMPLATE.formatted("before"));
    return ProductOptions.of(work, configs, Set.of("base", "train")).toArray(Option[]::new);
  }

  @Test
  void configurationsThatWereThereAreInEffectWhenTheFrameworkHasStarted() throws Exception {
    assertTrue(strategies().contains("before"), strategies().toString());
  }

  @Test
  void aConfigurationFileMakesAStrategyAndTakesItBack() throws Exception {
    Path file = folder("lanpo.configs").resolve("io.lanpo.reflection.template~late.cfg");
    Files.writeString(file, TEMPLATE.formatted("one"));
    await(names -> names.contains("one"));
    Files.writeString(file, TEMPLATE.formatted("another"));
    await(names -> names.contains("another") && !names.contains("one"));
    Files.delete(file);
    await(names -> !names.contains("another"));
  }

  @Test
  void aFileThatCannotBeReadChangesNothing() throws Exception {
    Path configs = folder("lanpo.configs");
    Path twice = configs.resolve("io.lanpo.reflection.template~twice.cfg");
    Files.writeString(twice, TEMPLATE.formatted("first") + "lanpo.name = second\n");
    Path good = configs.resolve("io.lanpo.reflection.template~zgood.cfg");
    Files.writeString(good, TEMPLATE.formatted("good"));
    await(names -> names.contains("good"));
    assertTrue(!strategies().contains("first") && !strategies().contains("second"));
    assertTrue(Files.exists(twice), "the user's file stays");
    Files.delete(twice);
    Files.delete(good);
    await(names -> !names.contains("good"));
  }

  @Test
  void aBundleBringsAStrategyAndTakesItBackAndRefreshesNoNativeLibrary() throws Exception {
    BundleWiring djl = wiring("io.lanpo.libs.djl");
    Set<String> before = strategies();
    Path jar = folder("lanpo.deploy").resolve("example.jar");
    Files.copy(example(), jar, StandardCopyOption.REPLACE_EXISTING);
    await(names -> names.size() == before.size() + 1);
    Files.delete(jar);
    await(before::equals);
    assertSame(djl, wiring("io.lanpo.libs.djl"));
  }

  private static Path example() throws IOException {
    Path dev = ProductOptions.home().resolve("target/lanpo/bundles/20-examples");
    try (Stream<Path> jars = Files.list(dev)) {
      return jars.filter(j -> j.getFileName().toString().startsWith("io.lanpo.example.strategy"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** A bundle that is refreshed gets a new one. */
  private BundleWiring wiring(String bundle) {
    return Stream.of(context.getBundles())
        .filter(b -> b.getSymbolicName().equals(bundle))
        .map(b -> b.adapt(BundleWiring.class))
        .findFirst()
        .orElseThrow();
  }

  private Path folder(String property) {
    return Path.of(context.getProperty(property));
  }

  private Set<String> strategies() {
    try {
      return context.getServiceReferences(ReflectionStrategy.class, null).stream()
          .map(strategy -> String.valueOf(strategy.getProperty("lanpo.name")))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void await(Predicate<Set<String>> wanted) {
    Await.until(this::strategies, () -> wanted.test(strategies()));
  }
}
