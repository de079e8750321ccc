package io.lanpo.shell.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.Components;
import io.lanpo.api.component.UserException;
import io.lanpo.api.similarity.SimilarityFilter;
import io.lanpo.api.train.ComponentCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

/** In a framework of its own, with real registrations. */
@Timeout(300)
class OsgiServicesTest {
  private static final SimilarityFilter FILTER = corpus -> (query, candidates) -> new double[0];

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

  private static Dictionary<String, Object> named(String name, int ranking) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(Components.NAME, name);
    properties.put(Constants.SERVICE_RANKING, ranking);
    return properties;
  }

  @Test
  void aMissingServiceNamesItsBundle() {
    UserException e =
        assertThrows(UserException.class, () -> services.only(ComponentCatalogue.class));
    assertEquals("the service ComponentCatalogue is missing", e.getMessage());
    assertTrue(e.nextStep().contains("io.lanpo.engine brings it and is not installed"));
  }

  @Test
  void aServiceThatArrivesMeanwhileIsFound() throws Exception {
    OsgiServices patient = new OsgiServices(context, Duration.ofMinutes(5));
    ComponentCatalogue catalogue = List::of;
    Thread here = Thread.currentThread();
    CompletableFuture<Void> arrival =
        CompletableFuture.runAsync(
            () -> {
              while (here.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
              }
              context.registerService(ComponentCatalogue.class, catalogue, null);
            });
    try (ServiceHandle<ComponentCatalogue> held = patient.only(ComponentCatalogue.class)) {
      assertSame(catalogue, held.get());
    }
    arrival.get();
  }

  @Test
  void ofTwoWithOneNameTheHigherRankedServes() throws Exception {
    SimilarityFilter better = corpus -> (query, candidates) -> new double[1];
    context.registerService(SimilarityFilter.class, FILTER, named("tfidf", 0));
    context.registerService(SimilarityFilter.class, better, named("tfidf", 10));
    try (ServiceHandle<SimilarityFilter> held = services.named(SimilarityFilter.class, "tfidf")) {
      assertSame(better, held.get());
    }
  }

  @Test
  void aMistypedNameIsAnsweredWithTheNearest() {
    context.registerService(SimilarityFilter.class, FILTER, named("tfidf", 0));
    UserException e =
        assertThrows(UserException.class, () -> services.named(SimilarityFilter.class, "tfdif"));
    assertEquals("there is no similarity filter named tfdif", e.getMessage());
    assertEquals("Did you mean tfidf?", e.nextStep());
    assertEquals(List.of("tfidf"), services.names(SimilarityFilter.class));
  }

  @Test
  void aNameIsNotAPattern() {
    context.registerService(SimilarityFilter.class, FILTER, named("tfidf", 0));
    assertThrows(UserException.class, () -> services.named(SimilarityFilter.class, "*"));
    assertThrows(UserException.class, () -> services.named(SimilarityFilter.class, "x)(a=*"));
  }

  @Test
  void aPrototypeIsGivenBackAndMadeOnlyWhenUsed() throws Exception {
    AtomicInteger made = new AtomicInteger();
    AtomicInteger returned = new AtomicInteger();
    PrototypeServiceFactory<SimilarityFilter> factory =
        new PrototypeServiceFactory<>() {
          @Override
          public SimilarityFilter getService(
              Bundle bundle, ServiceRegistration<SimilarityFilter> registration) {
            made.incrementAndGet();
            return corpus -> (query, candidates) -> new double[0];
          }

          @Override
          public void ungetService(
              Bundle bundle,
              ServiceRegistration<SimilarityFilter> registration,
              SimilarityFilter service) {
            returned.incrementAndGet();
          }
        };
    context.registerService(SimilarityFilter.class, factory, named("tfidf", 0));
    assertEquals(List.of("tfidf"), services.names(SimilarityFilter.class));
    assertEquals(0, made.get());
    try (ServiceHandle<SimilarityFilter> held = services.named(SimilarityFilter.class, "tfidf")) {
      assertEquals(0, held.get().fit(List.of()).scores(null, List.of()).length);
    }
    assertEquals(1, made.get());
    assertEquals(1, returned.get());
  }
}
