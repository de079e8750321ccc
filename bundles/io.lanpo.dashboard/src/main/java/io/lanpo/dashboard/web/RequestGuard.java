package io.lanpo.dashboard.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask for what. Nothing can be changed through the page, so that only reading is guarded:
 *
 * <ul>
 *   <li>On loopback a request has to name this machine as its host. A foreign page whose name was
 *       made to resolve to 127.0.0.1 (DNS rebinding) names another one.
 *   <li>Beyond loopback every document needs the token, which no foreign page knows.
 * </ul>
 *
 * @param token null on loopback
 */
record RequestGuard(@Nullable String token) {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String BEARER = "Bearer ";

  /**
   * Judges a request.
   *
   * @param host its Host header
   * @param authorization its Authorization header
   * @param document whether it asks for data; the files of the page hold none
   * @return the HTTP status of the refusal; 0 when it may pass
   */
  int judge(
      String method, @Nullable String host, @Nullable String authorization, boolean document) {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return 405;
    }
    String known = token;
    if (known == null) {
      return host != null && THIS_MACHINE.contains(name(host)) ? 0 : 421;
    }
    return !document || same(BEARER + known, authorization) ? 0 : 401;
  }

  private static String name(String host) {
    return host.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
  }

  /** Takes as long for a token that is nearly right as for any other. */
  private static boolean same(String expected, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
