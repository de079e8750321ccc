package io.lanpo.dashboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestGuardTest {
  private static final RequestGuard LOOPBACK = new RequestGuard(null);
  private static final RequestGuard OPEN = new RequestGuard("0123");

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "localhost:7077", "LOCALHOST:1", "127.0.0.1:80", "[::1]:7077"})
  void thisMachineMayAskForEverything(String host) {
    assertEquals(0, LOOPBACK.judge("GET", host, null, true));
    assertEquals(0, LOOPBACK.judge("HEAD", host, null, false));
  }

  /** A page elsewhere whose name was made to resolve to this machine. */
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:7077",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "localhost:7077.evil.example",
        "evil.example:localhost",
        "",
        "0.0.0.0:7077"
      })
  void anyOtherNameIsRefused(String host) {
    assertEquals(421, LOOPBACK.judge("GET", host, null, true));
    assertEquals(421, LOOPBACK.judge("GET", host, null, false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", ""})
  void nothingCanBeChanged(String method) {
    assertEquals(405, LOOPBACK.judge(method, "localhost", null, true));
    assertEquals(405, OPEN.judge(method, "machine:7077", "Bearer 0123", true));
  }

  @ParameterizedTest
  @CsvSource({"Bearer 0123,0", "Bearer 012,401", "Bearer 01234,401", "Basic 0123,401", "0123,401"})
  void beyondLoopbackDataNeedTheToken(String authorization, int status) {
    assertEquals(status, OPEN.judge("GET", "machine:7077", authorization, true));
  }

  @Test
  void theFilesOfThePageHoldNoData() {
    assertEquals(0, OPEN.judge("GET", "machine:7077", null, false));
    assertEquals(401, OPEN.judge("GET", "machine:7077", null, true));
  }
}
