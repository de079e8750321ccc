package io.lanpo.shell;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** The version of the product as its build writes it; OSGi's form of it is another one. */
final class ProductVersion {
  private static final String HEADER = "Implementation-Version";

  private ProductVersion() {}

  /**
   * The version.
   *
   * @param context of this bundle
   */
  static String of(BundleContext context) {
    Bundle bundle = context.getBundle();
    String written = bundle.getHeaders().get(HEADER);
    return written == null ? bundle.getVersion().toString() : written;
  }
}
