package io.lanpo.libs.http;

import io.lanpo.api.component.Setting;
import java.util.ArrayList;
import java.util.List;

/** The settings of a policy on a server that have to do with reaching it. */
public final class HttpSettings {
  public static final String URL = "url";
  public static final String IN_FLIGHT = "in-flight";
  public static final String REQUEST_TIMEOUT = "request-timeout";
  public static final String RETRIES = "retries";
  static final String INSECURE = "insecure";
  static final String KEY_VARIABLE = "key-variable";
  static final String KEY_FILE = "key-file";
  static final String KEY_HEADER = "key-header";

  /** Values of {@link #KEY_HEADER}. */
  public static final String X_API_KEY = "x-api-key";

  public static final String AUTHORIZATION = "authorization";

  private HttpSettings() {}

  /**
   * The settings, and those of a backend behind them.
   *
   * @param variable the environment variable that has the key by default
   * @param header the header that carries it by default: {@link #X_API_KEY} or {@link
   *     #AUTHORIZATION}
   * @param requestTimeout longest wait for an answer by default, in seconds
   */
  public static List<Setting> with(
      String variable, String header, int requestTimeout, List<Setting> more) {
    List<String> headers = List.of(X_API_KEY, AUTHORIZATION);
    List<Setting> all = new ArrayList<>();
    all.add(Setting.text(URL, "", "Address of the server, e.g. https://trainer.example:8000."));
    all.add(
        Setting.flag(
            INSECURE,
            false,
            "Whether http:// is allowed to a server that is not on this machine; the key and every"
                + " token then cross the network in the clear."));
    all.add(
        Setting.text(
            KEY_VARIABLE, variable, "Environment variable with the server's API key, if any."));
    all.add(
        Setting.text(
            KEY_FILE, "", "File with the API key in its only line; comes before the variable."));
    all.add(
        Setting.choice(KEY_HEADER, headers, "Header that carries the API key.")
            .withDefault(header));
    all.add(
        Setting.integer(
            IN_FLIGHT, 64, 1, 1024, "requests", "Requests that are under way at once, at most."));
    all.add(
        Setting.integer(
            REQUEST_TIMEOUT,
            requestTimeout,
            1,
            3600,
            "s",
            "Longest wait for an answer before asking again."));
    all.add(
        Setting.integer(
            RETRIES, 5, 0, 100, "retries", "How often a request that failed is sent again."));
    all.addAll(more);
    return List.copyOf(all);
  }
}
