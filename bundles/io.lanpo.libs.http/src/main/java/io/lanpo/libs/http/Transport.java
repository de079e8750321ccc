package io.lanpo.libs.http;

import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.threads.DaemonThreads;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server, and asks again where that may help: when it cannot be reached, does not answer
 * in time, is overloaded or answers something that is cut off. Waits double from a fifth of a
 * second to ten. Safe for use by several threads.
 */
public final class Transport implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE = 200;
  private static final long LONGEST_PAUSE = 10_000;

  /**
   * Statuses that pass: a time-out, too early, too many requests, and the server's own troubles.
   */
  private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

  private final Endpoint endpoint;
  private final ApiKey key;
  private final int retries;
  private final Duration timeout;
  private final String timeoutKey;
  private final ExecutorService threads;
  private final HttpClient client;

  /**
   * @param settings as {@link HttpSettings} declares them
   * @param prefix of every verb, e.g. {@code /api/v1/}
   * @param environment the value of a variable, or null
   * @throws UserException when the address or the key must not be used
   */
  public Transport(Settings settings, String prefix, UnaryOperator<@Nullable String> environment) {
    endpoint = Endpoint.of(settings, prefix);
    key = ApiKey.of(settings, environment);
    retries = settings.get(HttpSettings.RETRIES);
    timeout = Duration.ofSeconds(settings.get(HttpSettings.REQUEST_TIMEOUT));
    timeoutKey = settings.key(HttpSettings.REQUEST_TIMEOUT);
    threads = Executors.newFixedThreadPool(2, DaemonThreads.named("lanpo-http"));
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(threads)
            .build();
  }

  /** Makes something of an answer. */
  public interface Reader<T> {
    T read(Answer answer) throws IOException;
  }

  /** Whether a request may be sent again although the server may have got it. */
  public enum Repeat {
    /** It may: the server knows it again, or doing it twice does no harm. */
    ANY,
    /** It may not, unless no connection was made. */
    UNSENT
  }

  /**
   * A request of a verb.
   *
   * @param body its body, made again for every try: a name that a failed one may have used up is
   *     replaced
   */
  public record Post(String verb, String contentType, Supplier<byte[]> body, Repeat repeat) {}

  public Endpoint endpoint() {
    return endpoint;
  }

  public int retries() {
    return retries;
  }

  public <T> T post(Post post, Reader<T> reader) {
    return again(
        post.verb(), post.repeat(), () -> reader.read(good(post.verb(), send(request(post)))));
  }

  public <T> T get(String verb, Reader<T> reader) {
    HttpRequest request = builder(endpoint.verb(verb)).GET().build();
    return again(verb, Repeat.ANY, () -> reader.read(good(verb, send(request))));
  }

  /** A file, which may lie elsewhere: the key goes to the server itself only. */
  public byte[] download(String verb) {
    return again(
        verb,
        Repeat.ANY,
        () -> {
          HttpRequest request = builder(endpoint.verb(verb)).GET().build();
          HttpResponse<byte[]> first =
              await(request, client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray()));
          Optional<String> location = first.headers().firstValue("Location");
          if (location.isEmpty()) {
            return good(verb, answer(first)).body();
          }
          URI target = request.uri().resolve(location.get());
          HttpRequest.Builder second = HttpRequest.newBuilder(target).timeout(timeout);
          if (endpoint.covers(target)) {
            key.addTo(second);
          }
          return good(verb, send(second.GET().build())).body();
        });
  }

  /** One try. */
  public Answer tryOnce(Post post) throws IOException {
    return send(request(post));
  }

  private HttpRequest request(Post post) {
    return builder(endpoint.verb(post.verb()))
        .header("Content-Type", post.contentType())
        .header("Accept", "application/x-protobuf, application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(post.body().get()))
        .build();
  }

  private HttpRequest.Builder builder(URI uri) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout);
    key.addTo(request);
    return request;
  }

  private Answer send(HttpRequest request) throws IOException {
    return answer(
        await(request, client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())));
  }

  /**
   * The JDK's own time-out ends with the headers; a body that never ends would be waited for
   * forever.
   */
  private HttpResponse<byte[]> await(
      HttpRequest request, CompletableFuture<HttpResponse<byte[]>> response) throws IOException {
    try {
      return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      response.cancel(true);
      throw late();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HttpTimeoutException && !unconnected(e.getCause())) {
        throw late();
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("cannot ask " + request.uri().getPath(), e.getCause());
    } catch (InterruptedException e) {
      response.cancel(true);
      throw interrupted();
    }
  }

  /** Whichever of the two time-outs comes first, it says the same. */
  private HttpTimeoutException late() {
    return new HttpTimeoutException(
        "no whole answer within %s = %d s".formatted(timeoutKey, timeout.toSeconds()));
  }

  /** Whether the server cannot have got anything. */
  private static boolean unconnected(Throwable failure) {
    return failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException;
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    return new Answer(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body());
  }

  /**
   * A good answer.
   *
   * @throws IOException when asking again may help
   * @throws UserException when it will not
   */
  public Answer good(String verb, Answer answer) throws IOException {
    int status = answer.status();
    if (status >= 200 && status < 300) {
      return answer;
    }
    String detail = answer.detail(key);
    if (PASSING.contains(status)) {
      throw new IOException("status %d: %s".formatted(status, detail));
    }
    if (status == 401 || status == 403) {
      throw new UserException(
          "the server %s refuses %s: it wants another API key (status %d)"
              .formatted(endpoint, verb, status),
          key.whereItIsSet());
    }
    throw new UserException(
        "the server %s refuses %s (status %d): %s".formatted(endpoint, verb, status, detail),
        "See the server's log.");
  }

  private <T> T again(String verb, Repeat repeat, Attempt<T> attempt) {
    for (int failures = 0; ; failures++) {
      try {
        return attempt.make();
      } catch (IOException e) {
        boolean may = repeat == Repeat.ANY || unconnected(e);
        if (failures >= retries || !may) {
          throw failed(verb, failures + 1, e);
        }
        pause(failures);
      }
    }
  }

  private interface Attempt<T> {
    T make() throws IOException;
  }

  /** A failure that remained after asking again. */
  public UserException failed(String verb, int tries, IOException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new UserException(
        "the server %s does not answer %s after %d %s: %s"
            .formatted(endpoint, verb, tries, tries == 1 ? "try" : "tries", key.redacted(why)),
        "See that it runs; a run that had begun continues from its last checkpoint: lanpo resume.",
        e);
  }

  /** Waits before a further try; some of it is at random, so that many do not come at once. */
  public void pause(int failures) {
    long longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures, 10));
    try {
      Thread.sleep(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static UserException interrupted() {
    Thread.currentThread().interrupt();
    return new UserException("interrupted while waiting for the server", "");
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  @Override
  public String toString() {
    return endpoint + " with " + key;
  }
}
