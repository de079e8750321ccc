package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
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
      // asked for as the bundle sees it: the test has the API's classes a second time
      Bundle mine = bundles.get(bundles.size() - 1);
      ServiceReference<?>[] strategies = mine.getRegisteredServices();
      assertNotNull(strategies, "no reflection strategy: does the class have @Component?");
      assertEquals("second-look", strategies[0].getProperty("lanpo.name"));
      Object instance = mine.getBundleContext().getServiceObjects(strategies[0]).getService();
      assertEquals(SecondLook.class.getName(), instance.getClass().getName());
    } finally {
      framework.stop();
      framework.waitForStop(10_000);
    }
  }

  /** The framework itself is on the class path, too, and JUnit, whose jars are no use in it. */
  private static boolean isBundle(String entry) throws Exception {
    String file = Path.of(entry).getFileName().toString();
    if (!file.endsWith(".jar") || file.contains("felix.framework") || file.contains("junit")) {
      return false;
    }
    try (JarFile jar = new JarFile(entry)) {
      Manifest manifest = jar.getManifest();
      String name =
          manifest == null
              ? null
              : manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
      return name != null
          && name.matches("org\\.apache\\.(felix|commons)\\..*|org\\.osgi\\..*|io\\.lanpo\\..*");
    }
  }
}
