package io.lanpo.policy.tinker.protocol;

import com.google.gson.JsonObject;
import io.lanpo.api.component.UserException;
import io.lanpo.libs.http.Answer;
import io.lanpo.libs.http.MalformedAnswer;
import io.lanpo.libs.http.Transport;
import io.lanpo.libs.http.Transport.Post;
import io.lanpo.libs.http.Transport.Reader;
import io.lanpo.libs.http.Transport.Repeat;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Waits for what takes long. The server answers at once with a number, and holds a request for the
 * number's result until there is one; it answers 408, or {@code try_again}, when that takes too
 * long for one request.
 */
public final class Futures {
  private static final String RETRIEVE = "retrieve_future";
  private static final int TIMED_OUT = 408;

  private final Transport transport;
  private final Duration longest;
  private final String longestKey;

  /**
   * @param longest wait for one result
   * @param longestKey what a user sets it with
   */
  public Futures(Transport transport, Duration longest, String longestKey) {
    this.transport = transport;
    this.longest = longest;
    this.longestKey = longestKey;
  }

  /**
   * The result of an operation.
   *
   * @param number of the operation
   * @param what names it in messages
   * @throws UserException when the operation failed, takes longer than it may, or the server is
   *     gone
   */
  <T> T result(String number, String what, Reader<T> reader) {
    JsonObject body = new JsonObject();
    body.addProperty("request_id", number);
    byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    Post post = new Post(RETRIEVE, Answer.JSON, () -> bytes, Repeat.ANY);
    long begin = System.nanoTime();
    int failures = 0;
    while (System.nanoTime() - begin < longest.toNanos()) {
      try {
        Answer answer = transport.tryOnce(post);
        if (answer.status() == TIMED_OUT) {
          continue;
        }
        Answer good = transport.good(what, answer);
        if (pending(good)) {
          transport.pause(0);
          continue;
        }
        return reader.read(good);
      } catch (HttpTimeoutException e) {
        // It may still be at work. A server that hangs does not answer this either.
        transport.get("healthz", answer -> answer);
      } catch (IOException e) {
        if (failures >= transport.retries()) {
          throw transport.failed(what, failures + 1, e);
        }
        transport.pause(failures++);
      }
    }
    throw new UserException(
        "the server %s has no result of %s within %s = %d s"
            .formatted(transport.endpoint(), what, longestKey, longest.toSeconds()),
        "See the server's log; a longer %s helps where it is still at work.".formatted(longestKey));
  }

  private static boolean pending(Answer answer) throws MalformedAnswer {
    return answer.contentType().startsWith(Answer.JSON)
        && answer.body().length < 1 << 12
        && Answer.text(answer.json(), "type").equals("try_again");
  }
}
