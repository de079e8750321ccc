package io.lanpo.it.paxexam;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/**
 * Runs the test methods of a class inside a framework:
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
 * <p>All classes that a process runs share one framework, since it takes seconds to start and
 * native libraries load once in a process: each leaves it as it found it. It holds the train
 * product with the configurations of the checkout and those of the test resources. A class with a
 * static method that is annotated with Pax Exam's {@code @Configuration} and returns {@code
 * Option[]} has a framework of its own, in which no model may be loaded; {@link ProductOptions}
 * helps. Test, {@code BeforeEach} and {@code AfterEach} methods run inside, parameterized ones too;
 * static methods run outside. Nested classes are refused.
 */
public final class PaxExamExtension
    implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(PaxExamExtension.class);

  /** Begins the name of the folder of the framework that the classes of a process share. */
  private static final String SHARED_BY = "process-";

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

  /** A running framework; the store that it is in closes it. */
  private record Running(TestContainer container) implements AutoCloseable {
    BundleContext context() {
      return ((NativeTestContainer) container).getSystemBundle().getBundleContext();
    }

    @Override
    public void close() {
      container.stop();
    }
  }

  private record Inside(Bundle probe, Map<Object, Twin> twins) {}

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Class<?> test = context.getRequiredTestClass();
    if (test.getEnclosingClass() != null) {
      throw new ExtensionConfigurationException(
          test + ": nested test classes do not run in a framework");
    }
    Running framework = framework(context, test);
    Bundle probe = framework.context().installBundle("probe:" + test.getName(), Probe.of(test));
    probe.start();
    context.getStore(NAMESPACE).put(Inside.class, new Inside(probe, new IdentityHashMap<>()));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    Inside inside = context.getStore(NAMESPACE).remove(Inside.class, Inside.class);
    if (inside != null) {
      inside.probe().uninstall();
    }
  }

  /** The class's own, which ends with it, or the one that ends with the last class. */
  private static Running framework(ExtensionContext context, Class<?> test) throws Exception {
    for (Method method : test.getDeclaredMethods()) {
      if (method.isAnnotationPresent(Configuration.class)) {
        Running own = start(work(test.getSimpleName()), configured(method));
        context.getStore(NAMESPACE).put(Running.class, own);
        return own;
      }
    }
    // a run of one class ends before the next begins
    ExtensionContext.Store all =
        context.getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, NAMESPACE);
    Running running = all.get(Running.class, Running.class);
    if (running == null) {
      Path work = work(SHARED_BY + ProcessHandle.current().pid());
      running = start(work, common(work));
      all.put(Running.class, running);
    }
    return running;
  }

  private static List<Option> configured(Method method) throws Exception {
    method.setAccessible(true);
    try {
      return Arrays.asList((Option[]) method.invoke(null));
    } catch (InvocationTargetException e) {
      throw new ExtensionConfigurationException(method + " failed", e.getCause());
    }
  }

  private static List<Option> common(Path work) throws Exception {
    deleteThoseOfDeadProcesses();
    Path configs = Files.createDirectories(work.resolve("configs"));
    ProductOptions.copyConfigurations(configs);
    URL further = Objects.requireNonNull(PaxExamExtension.class.getResource("/configs"));
    try (Stream<Path> files = Files.list(Path.of(further.toURI()))) {
      for (Path file : files.toList()) {
        Files.copy(file, configs.resolve(file.getFileName()));
      }
    }
    List<Option> options =
        new ArrayList<>(ProductOptions.of(work, configs, Set.of("base", "train")));
    options.add(CoreOptions.systemPackage("com.sun.net.httpserver"));
    return options;
  }

  private static Running start(Path work, List<Option> product) throws Exception {
    List<Option> options = new ArrayList<>(product);
    SHARED.forEach(name -> options.add(CoreOptions.systemPackage(name)));
    options.add(CoreOptions.cleanCaches(true));
    options.add(CoreOptions.workingDirectory(work.resolve("container").toString()));
    TestContainer container =
        PaxExamRuntime.createContainer(DefaultExamSystem.create(options.toArray(Option[]::new)));
    container.start();
    Running running = new Running(container);
    for (Bundle bundle : running.context().getBundles()) {
      if (bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY) != null) {
        bundle.start(Bundle.START_ACTIVATION_POLICY);
      }
    }
    return running;
  }

  /** Of two processes that start, one deletes at a time: what both delete one does not find. */
  private static void deleteThoseOfDeadProcesses() throws IOException {
    Path all = Files.createDirectories(work(""));
    try (FileChannel cleaning =
            FileChannel.open(
                all.resolve("cleaning"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = cleaning.lock();
        DirectoryStream<Path> folders = Files.newDirectoryStream(all, SHARED_BY + "*")) {
      assert held.isValid();
      for (Path folder : folders) {
        long pid = Long.parseLong(folder.getFileName().toString().substring(SHARED_BY.length()));
        if (ProcessHandle.of(pid).isEmpty() || pid == ProcessHandle.current().pid()) {
          delete(folder);
        }
      }
    }
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

  /** The folder that a test class with a framework of its own has for itself; it is emptied. */
  public static Path work(Class<?> test) throws IOException {
    Path work = work(test.getSimpleName());
    delete(work);
    return work;
  }

  private static Path work(String name) {
    return Path.of("target", "pax-exam", name).toAbsolutePath();
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
