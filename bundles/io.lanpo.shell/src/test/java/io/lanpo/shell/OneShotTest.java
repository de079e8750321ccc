package io.lanpo.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.deploy.Deployments;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/**
 * The command of a process, in a real framework. Only failures: results would go to the test
 * runner's own output.
 */
@Timeout(300)
class OneShotTest {
  @TempDir Path storage;

  @AfterEach
  void forget() {
    System.clearProperty(OneShot.EXIT);
  }

  private TestFramework framework(String arguments) throws Exception {
    return new TestFramework(storage, Map.of(OneShot.ARGUMENTS, arguments));
  }

  @Test
  void anUnknownCommandStopsTheFrameworkWithExitCode127() throws Exception {
    PrintStream before = System.out;
    try (TestFramework framework = framework("[\"trian\",\"mic\\\"ro\"]")) {
      OneShot oneShot = new OneShot(framework.context());
      assertTrue(framework.stops());
      assertEquals("127", System.getProperty(OneShot.EXIT));
      assertSame(before, System.out);
      oneShot.stop();
    }
  }

  @Test
  void ctrlCInterruptsACommandThatIsBusyAndTheCodeIs130() throws Exception {
    try (TestFramework framework = framework("[\"components\"]")) {
      BusyCatalogue busy = new BusyCatalogue();
      framework.context().registerService(ComponentCatalogue.class, busy, null);
      framework.context().registerService(Deployments.class, new NoDeployments(), null);
      OneShot oneShot = new OneShot(framework.context());
      busy.entered.await();
      assertNull(System.getProperty(OneShot.EXIT));
      oneShot.stop();
      assertEquals("130", System.getProperty(OneShot.EXIT));
      assertEquals(Bundle.ACTIVE, framework.context().getBundle(0).getState());
    }
  }

  @Test
  void withoutACommandNothingHappens() throws Exception {
    try (TestFramework framework = new TestFramework(storage, Map.of())) {
      new OneShot(framework.context()).stop();
      assertNull(System.getProperty(OneShot.EXIT));
    }
  }
}
