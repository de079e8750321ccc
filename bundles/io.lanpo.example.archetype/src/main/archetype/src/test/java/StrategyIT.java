package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.lanpo.api.feedback.ReflectionStrategy;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** The built jar in a framework: it resolves, and its strategy is there under its name. */
class StrategyIT {
  @TempDir Path storage;

  @Test
  void theStrategyIsThere() throws Exception {
    FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow();
    Framework framework =
        factory.newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
    framework.start();
    try {
      BundleContext context = framework.getBundleContext();
      List<Bundle> bundles = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        if (isBundle(entry)) {
          bundles.add(context.installBundle("file:" + entry));
        }
      }
      bundles.add(context.installBundle("file:" + System.getProperty("jar")));
      for (Bundle bundle : bundles) {
        bundle.start();
      }
      ServiceReference<?> strategy =
          context.getServiceReference(ReflectionStrategy.class.getName());
      assertNotNull(strategy, "no reflection strategy: does the class have @Component?");
      assertEquals("second-look", strategy.getProperty("lanpo.name"));
      Object instance = context.getServiceObjects(strategy).getService();
      assertEquals(SecondLook.class.getName(), instance.getClass().getName());
    } finally {
      framework.stop();
      framework.waitForStop(10_000);
    }
  }

  /** The framework itself is on the class path, too, and JUnit, whose jars are no use in it. */
  private static boolean isBundle(String entry) throws Exception {
    if (!entry.endsWith(".jar") || entry.contains("felix.framework") || entry.contains("junit")) {
      return false;
    }
    try (JarFile jar = new JarFile(entry)) {
      String name = jar.getManifest().getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
      return name != null && name.matches("org\\.apache\\.felix\\..*|org\\.osgi\\..*|io\\.lanpo\\..*");
    }
  }
}
