package io.lanpo.engine.run.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanpo.api.component.UserException;
import org.junit.jupiter.api.Test;

class AuxiliaryMessagesTest {
  @Test
  void aBackendSpeaksOfItsKeysAsTheyStandInTheRun() {
    UserException e =
        assertThrows(
            UserException.class,
            () ->
                new AuxiliaryMessages("openai")
                    .translated(
                        () -> {
                          throw new UserException(
                              "policy.url is empty, and this policy needs a server",
                              "Set it: --set policy.url=http://127.0.0.1:8000.");
                        }));
    assertEquals(
        "text = openai: text.url is empty, and this policy needs a server", e.getMessage());
    assertEquals("Set it: --set text.url=http://127.0.0.1:8000.", e.nextStep());
    assertEquals(
        "text = openai, text=openai; the policy. A policy is one",
        AuxiliaryMessages.inOurKeys("policy = openai, policy=openai; the policy. A policy is one"));
  }
}
