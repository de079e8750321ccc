package io.lanpo.libs.http;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The key that the server asks for. It leaves this object in a request's header only: it has no
 * accessor and no text form, and what a server says is rid of it before it is shown.
 */
public final class ApiKey {
  private final String secret;
  private final String header;
  private final String value;
  private final String whereItIsSet;

  private ApiKey(String secret, String header, String value, String whereItIsSet) {
    this.secret = secret;
    this.header = header;
    this.value = value;
    this.whereItIsSet = whereItIsSet;
  }

  /**
   * From a file or the environment; none if neither is there.
   *
   * @param environment the value of a variable, or null
   * @throws UserException when the file cannot be read or holds more than a key
   */
  public static ApiKey of(Settings settings, UnaryOperator<@Nullable String> environment) {
    String file = settings.get(HttpSettings.KEY_FILE);
    String variable = settings.get(HttpSettings.KEY_VARIABLE);
    String given = file.isEmpty() ? environment.apply(variable) : read(settings);
    String secret = given == null ? "" : given.strip();
    if (!secret.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new UserException(
          (file.isEmpty() ? "the environment variable " + variable : written(settings))
              + " holds more than one line of visible characters",
          "Put the key there, and nothing else.");
    }
    boolean authorization =
        settings.get(HttpSettings.KEY_HEADER).equals(HttpSettings.AUTHORIZATION);
    String user = settings.declares(HttpSettings.USER) ? settings.get(HttpSettings.USER) : "";
    if (user.contains(":")) {
      throw new UserException(
          "%s = %s has a colon".formatted(settings.key(HttpSettings.USER), user),
          "Name the user alone; the password belongs in %s or the environment."
              .formatted(settings.key(HttpSettings.KEY_FILE)));
    }
    return new ApiKey(
        secret,
        authorization ? "Authorization" : "X-API-Key",
        !authorization ? secret : user.isEmpty() ? "Bearer " + secret : basic(user, secret),
        "Set the environment variable that %s names, or %s."
            .formatted(
                settings.key(HttpSettings.KEY_VARIABLE), settings.key(HttpSettings.KEY_FILE)));
  }

  /** RFC 7617. */
  private static String basic(String user, String password) {
    byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  private static String read(Settings settings) {
    try {
      return Files.readString(Path.of(settings.get(HttpSettings.KEY_FILE)));
    } catch (IOException e) {
      throw new UserException(
          written(settings) + " cannot be read",
          "Name a file with the API key that the run may read, or leave %s empty."
              .formatted(settings.key(HttpSettings.KEY_FILE)),
          e);
    }
  }

  private static String written(Settings settings) {
    return settings.key(HttpSettings.KEY_FILE) + " = " + settings.get(HttpSettings.KEY_FILE);
  }

  public void addTo(HttpRequest.Builder request) {
    if (!secret.isEmpty()) {
      request.header(header, value);
    }
  }

  /** What a user does to have another key sent. */
  String whereItIsSet() {
    return whereItIsSet;
  }

  /** A text without the key. */
  public String redacted(String text) {
    return secret.isEmpty() ? text : text.replace(value, "***").replace(secret, "***");
  }

  @Override
  public String toString() {
    return secret.isEmpty() ? "no key" : "a key";
  }
}
