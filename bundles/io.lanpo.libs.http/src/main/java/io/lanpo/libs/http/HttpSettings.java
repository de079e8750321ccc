package io.lanpo.libs.http;

import io.lanpo.api.component.Setting;
import java.util.ArrayList;
import java.util.List;

/** The settings of a policy on a server that have to do with reaching it. */
public final class HttpSettings {
  public static final Setting<String> URL =
      Setting.text("url", "", "Address of the server, e.g. https://trainer.example:8000.");

  public static final Setting<Integer> IN_FLIGHT =
      Setting.integer(
          "in-flight", 64, 1, 1024, "requests", "Requests that are under way at once, at most.");

  public static final Setting<Integer> REQUEST_TIMEOUT =
      Setting.integer(
          "request-timeout", 60, 1, 3600, "s", "Longest wait for an answer before asking again.");

  public static final Setting<Integer> RETRIES =
      Setting.integer(
          "retries", 5, 0, 100, "retries", "How often a request that failed is sent again.");

  /** Values of {@link #KEY_HEADER}. */
  public static final String X_API_KEY = "x-api-key";

  public static final String AUTHORIZATION = "authorization";

  static final Setting<Boolean> INSECURE =
      Setting.flag(
          "insecure",
          false,
          "Whether http:// is allowed to a server that is not on this machine; the key and every"
              + " token then cross the network in the clear.");

  static final Setting<String> KEY_VARIABLE =
      Setting.text("key-variable", "", "Environment variable with the server's API key, if any.");

  static final Setting<String> KEY_FILE =
      Setting.text(
          "key-file", "", "File with the API key in its only line; comes before the variable.");

  static final Setting<String> KEY_HEADER =
      Setting.choice(
          "key-header", List.of(X_API_KEY, AUTHORIZATION), "Header that carries the API key.");

  /** For a server that may ask for a user and a password; the password is the API key. */
  public static final Setting<String> USER =
      Setting.text(
          "user", "", "Name of the user, for a server that asks for a user and a password.");

  private HttpSettings() {}

  /**
   * The settings, and those of a backend behind them.
   *
   * @param variable the environment variable that has the key by default
   * @param header the header that carries it by default: {@link #X_API_KEY} or {@link
   *     #AUTHORIZATION}
   * @param requestTimeout longest wait for an answer by default, in seconds
   */
  public static List<Setting<?>> with(
      String variable, String header, int requestTimeout, List<Setting<?>> more) {
    List<Setting<?>> all =
        new ArrayList<>(
            List.of(
                URL,
                INSECURE,
                KEY_VARIABLE.withDefault(variable),
                KEY_FILE,
                KEY_HEADER.withDefault(header),
                IN_FLIGHT,
                REQUEST_TIMEOUT.withDefault(requestTimeout),
                RETRIES));
    all.addAll(more);
    return List.copyOf(all);
  }
}
