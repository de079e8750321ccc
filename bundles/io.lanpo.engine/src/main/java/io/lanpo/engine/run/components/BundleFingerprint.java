package io.lanpo.engine.run.components;

import io.lanpo.engine.run.file.FileSum;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.TreeSet;
import org.osgi.framework.Bundle;

/**
 * What a bundle holds: its classes and resources, without the manifest, in which a build may write
 * the time. A version can stay the same while the code changes, as every snapshot's does.
 */
public final class BundleFingerprint {
  private static final int HEX_DIGITS = 12;

  private BundleFingerprint() {}

  /** The beginning of a bundle's SHA-256, in hexadecimal digits. */
  static String fingerprint(Bundle bundle) {
    MessageDigest digest = FileSum.digest();
    try {
      add(bundle, digest);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read bundle " + bundle.getSymbolicName(), e);
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
  }

  /** Adds a bundle to a digest. */
  public static void add(Bundle bundle, MessageDigest digest) throws IOException {
    var entries = bundle.findEntries("/", "*", true);
    TreeSet<String> paths = new TreeSet<>();
    if (entries != null) {
      Collections.list(entries).stream()
          .map(URL::getPath)
          .filter(p -> !p.endsWith("/") && !p.startsWith("/META-INF/"))
          .forEach(paths::add);
    }
    for (String path : paths) {
      URL entry = bundle.getEntry(path);
      if (entry != null) {
        try (InputStream in = entry.openStream()) {
          digest.update(path.getBytes(StandardCharsets.UTF_8));
          digest.update(in.readAllBytes());
        }
      }
    }
  }
}
