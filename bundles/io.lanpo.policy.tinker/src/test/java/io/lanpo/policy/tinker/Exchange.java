package io.lanpo.policy.tinker;

import com.google.gson.Gson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A request and its answer, as they are kept: a line of JSON. Bodies of protobuf are in base 64.
 *
 * @param request method and path
 * @param requestType media type of the request; empty without a body
 * @param sent its body
 * @param status of the answer
 * @param answerType media type of the answer
 * @param received its body
 */
record Exchange(
    String request,
    String requestType,
    String sent,
    int status,
    String answerType,
    String received) {
  private static final Gson GSON = new Gson();

  static Exchange of(
      String request,
      String requestType,
      byte[] sent,
      int status,
      String answerType,
      byte[] received) {
    return new Exchange(
        request,
        requestType,
        text(requestType, sent),
        status,
        answerType,
        text(answerType, received));
  }

  static Exchange parse(String line) {
    return GSON.fromJson(line, Exchange.class);
  }

  String line() {
    return GSON.toJson(this);
  }

  byte[] answer() {
    return answerType.contains("json")
        ? received.getBytes(StandardCharsets.UTF_8)
        : Base64.getDecoder().decode(received);
  }

  static String text(String type, byte[] bytes) {
    return type.contains("json") || bytes.length == 0
        ? new String(bytes, StandardCharsets.UTF_8)
        : Base64.getEncoder().encodeToString(bytes);
  }
}
