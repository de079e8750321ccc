package io.lanpo.deploy.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanpo.api.component.UserException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
  @Test
  void wrappersThatSayNothingAreLeftOut() {
    Throwable root = new IllegalStateException("no model here");
    assertEquals(
        List.of("IllegalStateException: no model here"),
        FailureText.causes(new ExecutionException(new InvocationTargetException(root))));
  }

  @Test
  void aUsersExceptionSpeaksForItself() {
    assertEquals(
        List.of("prompt is missing"),
        FailureText.causes(new UserException("prompt is missing", "")));
  }

  @Test
  void causesGoFromTheOutermostToTheRoot() {
    assertEquals(
        List.of("RuntimeException: outer", "IllegalArgumentException: inner"),
        FailureText.causes(
            "java.lang.RuntimeException: outer\n\tat a.B.c(B.java:1)\n"
                + "Caused by: java.lang.IllegalArgumentException: inner\n\t... 3 more\n"));
  }

  @Test
  void aMessageThatRepeatsItsCauseIsToldOnce() {
    assertEquals(
        List.of("RuntimeException: java.lang.Error: x"),
        FailureText.causes(new RuntimeException(new Error("x"))));
  }
}
