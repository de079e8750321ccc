package io.lanpo.engine.run.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lanpo.api.component.UserException;
import org.junit.jupiter.api.Test;

class AuxiliaryMessagesTest {
  @Test
  void whatABackendSaysNamesThePolicyForText() {
    UserException e =
        assertThrows(
            UserException.class,
            () ->
                new AuxiliaryMessages("openai")
                    .call(
                        () -> {
                          throw new UserException("text.url is empty", "Set it.");
                        }));
    assertEquals("text = openai: text.url is empty", e.getMessage());
    assertEquals("Set it.", e.nextStep());
  }
}
