package io.lanpo.libs.http;

import io.lanpo.api.component.Secrets;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.net.URI;
import java.util.Locale;

/**
 * Where the server is.
 *
 * @param base scheme, host, port and path, without a slash at the end
 * @param prefix of every verb, e.g. {@code /api/v1/}
 */
public record Endpoint(URI base, String prefix) {
  /**
   * The address of the settings.
   *
   * @throws UserException when there is none, or one that must not be used
   */
  public static Endpoint of(Settings settings, String prefix) {
    String key = settings.key(HttpSettings.URL);
    String given = settings.get(HttpSettings.URL);
    if (given.isEmpty()) {
      throw new UserException(
          key + " is empty, and this policy needs a server",
          "Set it: --set %s=http://127.0.0.1:8000.".formatted(key));
    }
    URI uri = parse(given, settings);
    boolean plain = "http".equalsIgnoreCase(uri.getScheme());
    if (plain && !loopback(uri.getHost()) && !settings.get(HttpSettings.INSECURE)) {
      throw new UserException(
          "%s = %s is not encrypted and %s is not this machine"
              .formatted(key, given, uri.getHost()),
          "Use https://, or a tunnel to 127.0.0.1; %s=true allows it all the same."
              .formatted(settings.key(HttpSettings.INSECURE)));
    }
    return new Endpoint(uri, prefix);
  }

  private static URI parse(String given, Settings settings) {
    String trimmed = given.replaceAll("/+$", "");
    URI uri;
    try {
      uri = URI.create(trimmed);
    } catch (IllegalArgumentException e) {
      throw wrong(settings, given, "is not an address");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || uri.getHost() == null) {
      throw wrong(settings, given, "is not an address of the form https://HOST:PORT");
    }
    if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
      // what is shown must not hold a secret
      throw wrong(settings, scheme + "://…" + uri.getHost(), "has a user, a query or a fragment");
    }
    return uri;
  }

  private static UserException wrong(Settings settings, String shown, String why) {
    String key = settings.key(HttpSettings.URL);
    return new UserException(
        "%s = %s %s".formatted(key, Secrets.shown(key, shown), why),
        "Write scheme, host and port; the API key belongs in %s or the environment."
            .formatted(settings.key(HttpSettings.KEY_FILE)));
  }

  /** Names are not looked up: who answers for a name may be another tomorrow. */
  private static boolean loopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
        || host.equals("[::1]");
  }

  /** The address of a verb of the protocol. */
  public URI verb(String name) {
    return URI.create(base + prefix + name);
  }

  /** Whether an address is on the same server, so that it may see the key. */
  public boolean covers(URI uri) {
    return base.getScheme().equalsIgnoreCase(uri.getScheme())
        && base.getHost().equalsIgnoreCase(String.valueOf(uri.getHost()))
        && base.getPort() == uri.getPort();
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
