package io.lanpo.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;

/**
 * The file that a bundle was installed from. It stands in the bundle's location, so that it is
 * known also to a deployment that has been started again since.
 *
 * @param jar the file
 * @param content what the file was like
 */
record DeployedFile(Path jar, String content) {
  private static final Pattern LOCATION = Pattern.compile("deploy:(.*)#(\\d+)#(\\d+,\\d+)");

  /** What a bundle was installed from; nothing for a bundle of the product. */
  static Optional<DeployedFile> of(Bundle bundle) {
    Matcher location = LOCATION.matcher(bundle.getLocation());
    return location.matches()
        ? Optional.of(new DeployedFile(Path.of(location.group(1)), location.group(3)))
        : Optional.empty();
  }

  /** Whether a bundle was deployed and does not belong to the product. */
  static boolean holds(Bundle bundle) {
    return LOCATION.matcher(bundle.getLocation()).matches();
  }

  /** A location that no other bundle has, since the clock has moved on since the last one. */
  static String newLocation(Path jar) throws IOException {
    return "deploy:%s#%d#%s".formatted(jar, System.nanoTime(), content(jar));
  }

  /** Whether the file is still what the bundle was installed from. */
  boolean unchanged() {
    try {
      return content.equals(content(jar));
    } catch (IOException e) {
      return false;
    }
  }

  private static String content(Path jar) throws IOException {
    return Files.size(jar) + "," + Files.getLastModifiedTime(jar).toMillis();
  }
}
