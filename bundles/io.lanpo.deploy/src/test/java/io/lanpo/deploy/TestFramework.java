package io.lanpo.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A running framework, and bundles for it that the test makes. */
final class TestFramework implements AutoCloseable {
  private final Framework framework;
  private final Path folder;

  TestFramework(Path folder) throws BundleException {
    this.folder = folder;
    framework =
        new FrameworkFactory()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString()));
    framework.start();
  }

  BundleContext context() {
    return framework.getBundleContext();
  }

  /** A jar of a bundle; {@code resources} are paths and contents in turn. */
  Path jar(String name, String version, String... resources) throws IOException {
    Manifest manifest = new Manifest();
    Attributes headers = manifest.getMainAttributes();
    headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
    headers.putValue(Constants.BUNDLE_SYMBOLICNAME, name);
    headers.putValue(Constants.BUNDLE_VERSION, version);
    Path jar = folder.resolve(name + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      for (int i = 0; i < resources.length; i += 2) {
        out.putNextEntry(new JarEntry(resources[i]));
        out.write(resources[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  /** A started bundle. */
  Bundle bundle(String name, String version, String... resources)
      throws IOException, BundleException {
    Path jar = jar(name, version, resources);
    Bundle bundle = context().installBundle(name + ":" + version, Files.newInputStream(jar));
    bundle.start();
    return bundle;
  }

  @Override
  public void close() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(0);
  }
}
