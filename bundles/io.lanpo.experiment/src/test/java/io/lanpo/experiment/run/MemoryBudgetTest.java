package io.lanpo.experiment.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {
  private final MemoryBudget budget = new MemoryBudget(100);

  @Test
  void theFirstRunIsAlwaysAdmitted() {
    assertTrue(budget.admits(List.of(), 1000));
    assertTrue(budget.admits(List.of(), 0));
  }

  @Test
  void othersOnlyWithinTheBudget() {
    assertTrue(budget.admits(List.of(60L), 40));
    assertFalse(budget.admits(List.of(60L), 41));
    assertFalse(budget.admits(List.of(40L, 30L), 31));
  }

  @Test
  void nobodyBesideARunThatHasNotSaidWhatItTakes() {
    assertFalse(budget.admits(List.of(0L), 10));
    assertFalse(budget.admits(List.of(10L), 0));
  }

  @Test
  void byDefaultAPartOfTheMachine() {
    assertTrue(MemoryBudget.of(0).bytes() > 100_000_000, MemoryBudget.of(0).toString());
  }
}
