package io.lanpo.shell.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.component.UserException;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.train.RunLogs;
import io.lanpo.shell.command.component.FakeCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** In a framework of its own, with real registrations. */
class OsgiServicesTest {
  @TempDir Path storage;
  private Framework framework;
  private BundleContext context;
  private OsgiServices services;

  @BeforeEach
  void start() throws Exception {
    framework =
        new FrameworkFactory()
            .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
    framework.start();
    context = framework.getBundleContext();
    services = new OsgiServices(context, Duration.ofMillis(200));
  }

  @AfterEach
  void stop() throws Exception {
    framework.stop();
    framework.waitForStop(5000);
  }

  @Test
  void aMissingServiceNamesItsBundle() {
    UserException e = assertThrows(UserException.class, () -> services.only(RunLogs.class));
    assertEquals("the service RunLogs is missing", e.getMessage());
    assertTrue(e.nextStep().contains("io.lanpo.engine brings it and is not installed"));
  }

  @Test
  void aServiceThatArrivesMeanwhileIsFound() throws Exception {
    OsgiServices patient = new OsgiServices(context, Duration.ofMinutes(2));
    RunLogs logs =
        path -> {
          throw new UserException("no run", "");
        };
    CompletableFuture<Void> arrival =
        CompletableFuture.runAsync(() -> context.registerService(RunLogs.class, logs, null));
    try (ServiceHandle<RunLogs> held = patient.only(RunLogs.class)) {
      assertSame(logs, held.get());
    }
    arrival.get();
  }

  @Test
  void aComponentIsLookedUpInTheCatalogue() throws Exception {
    context.registerService(
        ComponentCatalogue.class,
        new FakeCatalogue().with("critique", "b", Condition.READY, List.of()),
        null);
    UserException e =
        assertThrows(
            UserException.class,
            () -> services.named(SimilarityFilter.class, "tfdif", "similarity"));
    assertEquals("similarity = tfdif is not there", e.getMessage());
    assertEquals(List.of("critique"), services.names(SimilarityFilter.class));
  }
}
