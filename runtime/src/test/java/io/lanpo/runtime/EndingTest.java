package io.lanpo.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class EndingTest {
  private static StackTraceElement at(String type, String method) {
    return new StackTraceElement(type, method, "X.java", 1);
  }

  @Test
  void whoHasCalledExitIsNamedAlsoByReflection() {
    StackTraceElement[] other = {at("java.lang.Object", "wait"), at("com.example.Other", "run")};
    StackTraceElement[] caller = {
      at("java.lang.Object", "wait"),
      at("java.lang.Shutdown", "exit"),
      at("java.lang.Runtime", "exit"),
      at("java.lang.System", "exit"),
      at("jdk.internal.reflect.NativeMethodAccessorImpl", "invoke0"),
      at("java.lang.reflect.Method", "invoke"),
      at("com.example.Bad", "start"),
      at("org.apache.felix.framework.Felix", "startBundle")
    };
    assertEquals(
        "com.example.Bad.start has called System.exit, which ends the process and every run in it",
        Ending.accusation(Map.of(new Thread("a"), other, new Thread("b"), caller), null));
  }

  @Test
  void anEndThatNobodyCalledForIsSaidToBeOne() {
    StackTraceElement[] other = {at("com.example.Other", "run")};
    assertEquals(
        "the process ends, and nobody here has asked for it",
        Ending.accusation(Map.of(new Thread("a"), other), null));
  }
}
