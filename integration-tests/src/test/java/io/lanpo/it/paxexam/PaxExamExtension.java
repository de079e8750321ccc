package io.lanpo.it.paxexam;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.nat.internal.NativeTestContainer;
import org.ops4j.pax.exam.spi.DefaultExamSystem;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/**
 * Runs the test methods of a class inside a framework, one framework for the class:
 *
 * <pre>{@code
 * @ExtendWith(PaxExamExtension.class)
 * final class SomethingIT {
 *   @OsgiService BundleContext context;
 *   @OsgiService(filter = "(lanpo.name=micro)") ReflectionStrategy reflection;
 *
 *   @Test
 *   void works() {}
 * }
 * }</pre>
 *
 * <p>The framework holds the train product with the configurations of the checkout. A static method
 * annotated with Pax Exam's {@code @Configuration} that returns {@code Option[]} replaces that;
 * {@link ProductOptions} helps. Test, {@code BeforeEach} and {@code AfterEach} methods run inside,
 * parameterized ones too; static methods run outside. Nested classes are refused.
 */
public final class PaxExamExtension
    implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(PaxExamExtension.class);

  /** What the test classes share with the outside; everything else they get from bundles. */
  private static final List<String> SHARED =
      List.of(
          "io.lanpo.runtime",
          "org.apiguardian.api",
          "org.junit.jupiter.api",
          "org.junit.jupiter.api.condition",
          "org.junit.jupiter.api.extension",
          "org.junit.jupiter.api.function",
          "org.junit.jupiter.api.io",
          "org.junit.jupiter.api.parallel",
          "org.junit.jupiter.params",
          "org.junit.jupiter.params.provider",
          "org.junit.platform.commons.annotation",
          "org.junit.platform.commons.util",
          "org.opentest4j");

  private record Inside(TestContainer container, Bundle probe, Map<Object, Twin> twins) {}

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Class<?> test = context.getRequiredTestClass();
    if (test.getEnclosingClass() != null) {
      throw new ExtensionConfigurationException(
          test + ": nested test classes do not run in a framework");
    }
    delete(work(test));
    List<Option> options = new ArrayList<>(configured(test));
    SHARED.forEach(name -> options.add(CoreOptions.systemPackage(name)));
    options.add(CoreOptions.cleanCaches(true));
    options.add(CoreOptions.workingDirectory(work(test).resolve("container").toString()));
    TestContainer container =
        PaxExamRuntime.createContainer(DefaultExamSystem.create(options.toArray(Option[]::new)));
    container.start();
    Bundle framework = ((NativeTestContainer) container).getSystemBundle();
    for (Bundle bundle : framework.getBundleContext().getBundles()) {
      if (bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY) != null) {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      }
    }
    long id = container.install("probe:" + test.getName(), Probe.of(test));
    Bundle probe = framework.getBundleContext().getBundle(id);
    context
        .getStore(NAMESPACE)
        .put(Inside.class, new Inside(container, probe, new IdentityHashMap<>()));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Inside inside = context.getStore(NAMESPACE).remove(Inside.class, Inside.class);
    if (inside != null) {
      inside.container().stop();
    }
  }

  private static List<Option> configured(Class<?> test) throws Exception {
    for (Method method : test.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Configuration.class)) {
        method.setAccessible(true);
        try {
          return Arrays.asList((Option[]) method.invoke(null));
        } catch (InvocationTargetException e) {
          throw new ExtensionConfigurationException(method + " failed", e.getCause());
        }
      }
    }
    Path configs = ProductOptions.home().resolveSibling("configs");
    return ProductOptions.of(work(test), configs, Set.of("base", "train"));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** The folder that a test class has for itself; it is empty when the class begins. */
  public static Path work(Class<?> test) {
    return Path.of("target", "pax-exam", test.getSimpleName()).toAbsolutePath();
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> outer, ReflectiveInvocationContext<Method> call, ExtensionContext context)
      throws Throwable {
    inside(outer, call, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> outer, ReflectiveInvocationContext<Method> call, ExtensionContext context)
      throws Throwable {
    inside(outer, call, context);
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<Void> outer, ReflectiveInvocationContext<Method> call, ExtensionContext context)
      throws Throwable {
    inside(outer, call, context);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<Void> outer, ReflectiveInvocationContext<Method> call, ExtensionContext context)
      throws Throwable {
    inside(outer, call, context);
  }

  private static void inside(
      Invocation<Void> outer, ReflectiveInvocationContext<Method> call, ExtensionContext context)
      throws Throwable {
    outer.skip();
    Inside inside = context.getStore(NAMESPACE).get(Inside.class, Inside.class);
    Object instance = context.getRequiredTestInstance();
    Twin twin = inside.twins().get(instance);
    if (twin == null) {
      twin = Twin.of(instance, inside.probe());
      inside.twins().put(instance, twin);
    }
    twin.invoke(call.getExecutable(), call.getArguments());
  }
}
