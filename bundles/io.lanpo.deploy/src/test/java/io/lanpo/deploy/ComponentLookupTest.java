package io.lanpo.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.ComponentCatalogue.Wanted;
import io.lanpo.api.component.ComponentState;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.component.ComponentUse;
import io.lanpo.api.component.UserException;
import io.lanpo.api.pool.PoolStore;
import io.lanpo.api.task.TaskSource;
import io.lanpo.deploy.guard.PatientWork;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.ComponentConstants;

class ComponentLookupTest {
  private static final String PID = "a.task";
  private static final String METATYPE =
      """
      <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
        <OCD id="a.Config" name="a">
          <AD id="operators" type="Integer" min="1" max="28" default="12" description="how many"/>
          <AD id="style" type="String" default="PLAIN">
            <Option label="PLAIN" value="PLAIN"/><Option label="CHAT" value="CHAT"/>
          </AD>
          <AD id="prompt" type="String" description="a template"/>
        </OCD>
        <Designate pid="a.task"><Object ocdref="a.Config"/></Designate>
      </metatype:MetaData>
      """;

  @TempDir Path folder;

  private final List<RefusedFile> refused = new ArrayList<>();
  private TestFramework framework;
  private ComponentLookup lookup;
  private Bundle bundle;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(folder);
    Diagnosis diagnosis = new Diagnosis(framework.context(), () -> null);
    DeclaredOptions options = new DeclaredOptions(framework.context());
    Trial trial = new Trial(framework.context(), diagnosis, PatientWork.of(Duration.ofMinutes(2)));
    lookup =
        new ComponentLookup(
            framework.context(),
            diagnosis,
            options,
            new ComponentProblems(options, diagnosis, trial),
            () -> refused,
            List::of,
            Duration.ZERO);
    bundle = framework.bundle("first", "1.2.3", "OSGI-INF/metatype/a.xml", METATYPE);
  }

  @AfterEach
  void stop() throws Exception {
    framework.close();
  }

  @Test
  void theHigherRankingServesAndTheOtherIsShadowed() throws Exception {
    TaskSource low = register(bundle, "words", Map.of());
    Bundle second = framework.bundle("second", "0.1.0");
    TaskSource high = register(second, "words", Map.of("service.ranking", 7));
    try (ComponentUse<TaskSource> use = lookup.use(wanted("words"), "")) {
      assertSame(high, use.instance());
      assertEquals("second", use.state().bundle());
    }
    try (ComponentUse<TaskSource> use = lookup.use(wanted("words@1.2"), "")) {
      assertSame(low, use.instance());
    }
    List<ComponentState> all = lookup.components();
    assertEquals(
        List.of(Condition.READY, Condition.SHADOWED),
        all.stream().map(ComponentState::condition).toList());
    assertEquals(List.of(7, 0), all.stream().map(ComponentState::ranking).toList());
    assertEquals(List.of("words"), lookup.names(TaskSource.class));
  }

  @Test
  void aNameThatIsNotThereIsAnsweredWithTheNearest() {
    register(bundle, "micro-world", Map.of());
    UserException e = refusal("micro-wrld");
    assertEquals("x.cfg: task = micro-wrld names no installed task source", e.getMessage());
    assertTrue(e.nextStep().startsWith("Did you mean micro-world?"), e.nextStep());
  }

  @Test
  void aComponentOfAnotherKindDoesNotServe() {
    register(bundle, "words", Map.of());
    UserException e =
        assertThrows(
            UserException.class,
            () -> lookup.use(new Wanted<>(PoolStore.class, "words", "x.cfg: pool"), ""));
    assertEquals("x.cfg: pool = words names no installed pool store", e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "operatros | 3     | unknown key operatros = 3",
        "operators | 29    | operators = 29 is not allowed; it must be a whole number from 1 to 28",
        "operators | many  | operators = many is not allowed; it must be a whole number from 1 to 28",
        "style     | plain | style = plain is not allowed; it must be PLAIN, CHAT",
        "prompt    |       | prompt is missing; it must be text"
      })
  void whatAFileMayNotSayIsRefusedEverywhereAlike(String key, String value, String reason) {
    Map<String, Object> properties = new HashMap<>(fromFile());
    if (value == null) {
      properties.remove(key);
    } else {
      properties.put(key, value);
    }
    register(bundle, "words", properties);
    String expected = "/configs/a.task.cfg: " + reason;
    assertEquals("x.cfg: task = words does not serve: " + expected, refusal("words").getMessage());
    ComponentState state = lookup.components().get(0);
    assertEquals(Condition.REFUSED, state.condition());
    assertEquals(List.of(expected), state.causes());
    assertFalse(state.nextStep().isEmpty());
  }

  @Test
  void whatAFileMaySayServes() {
    register(bundle, "words", fromFile());
    assertEquals(Condition.READY, lookup.components().get(0).condition());
    lookup.use(wanted("words"), "").close();
  }

  @Test
  void declaredOptionsAreListedWithRangeDefaultAndMeaning() {
    var file = new DeclaredOptions(framework.context()).of(bundle, PID).orElseThrow();
    assertEquals("a.task.cfg", file.name());
    assertEquals(
        List.of("operators", "style", "prompt"),
        file.options().stream().map(o -> o.key()).toList());
    assertEquals("12", file.options().get(0).defaultValue());
    assertEquals("how many", file.options().get(0).description());
    assertEquals(Set.of("prompt"), file.required());
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "x)(a=*", "words)", "wor*"})
  void aNameIsNotAPattern(String name) {
    register(bundle, "words", Map.of());
    assertTrue(refusal(name).getMessage().contains("names no installed task source"));
  }

  @Test
  void aPrototypeIsMadeOnlyWhenUsedAndGivenBack() {
    List<String> calls = new ArrayList<>();
    PrototypeServiceFactory<TaskSource> factory =
        new PrototypeServiceFactory<>() {
          @Override
          public TaskSource getService(Bundle user, ServiceRegistration<TaskSource> registration) {
            calls.add("made");
            return source("words");
          }

          @Override
          public void ungetService(
              Bundle user, ServiceRegistration<TaskSource> registration, TaskSource service) {
            calls.add("given back");
          }
        };
    bundle
        .getBundleContext()
        .registerService(
            TaskSource.class, factory, FrameworkUtil.asDictionary(Map.of("lanpo.name", "words")));
    assertEquals(1, lookup.components().size());
    assertEquals(List.of(), calls);
    lookup.use(wanted("words"), "").close();
    assertEquals(List.of("made", "given back"), calls);
  }

  @Test
  void aConstructorThatLooksForComponentsIsCalledOnce() {
    AtomicInteger made = new AtomicInteger();
    PrototypeServiceFactory<TaskSource> curious =
        new PrototypeServiceFactory<>() {
          @Override
          public TaskSource getService(Bundle user, ServiceRegistration<TaskSource> registration) {
            if (made.incrementAndGet() < 5) {
              lookup.components();
            }
            return source("words");
          }

          @Override
          public void ungetService(
              Bundle user, ServiceRegistration<TaskSource> registration, TaskSource service) {
            // nothing to give back
          }
        };
    Map<String, Object> properties = new HashMap<>(fromFile());
    properties.put("lanpo.name", "words");
    properties.put(ComponentConstants.COMPONENT_NAME, "a.words");
    bundle
        .getBundleContext()
        .registerService(TaskSource.class, curious, FrameworkUtil.asDictionary(properties));
    assertEquals(Condition.READY, lookup.components().get(0).condition());
    assertEquals(1, made.get());
  }

  @Test
  void holdersAreKnownUntilTheyLetGo() {
    register(bundle, "words", Map.of());
    ComponentUse<TaskSource> first = lookup.use(wanted("words"), "run-1");
    ComponentUse<TaskSource> second = lookup.use(wanted("words"), "run-2");
    assertEquals(List.of("run-1", "run-2"), lookup.components().get(0).pinnedBy());
    first.close();
    assertEquals(List.of("run-2"), lookup.components().get(0).pinnedBy());
    second.close();
    assertEquals(List.of(), lookup.components().get(0).pinnedBy());
  }

  @Test
  void aComponentThatGoesIsLost() {
    register(bundle, "words", Map.of());
    ComponentUse<TaskSource> use = lookup.use(wanted("words"), "");
    assertFalse(use.lost());
    registrations.get(0).unregister();
    assertTrue(use.lost());
    use.close();
  }

  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

  private TaskSource register(Bundle by, String name, Map<String, Object> properties) {
    TaskSource source = source(name);
    Map<String, Object> all = new HashMap<>(properties);
    all.put("lanpo.name", name);
    registrations.add(
        by.getBundleContext()
            .registerService(TaskSource.class, source, FrameworkUtil.asDictionary(all)));
    return source;
  }

  private static TaskSource source(String name) {
    return (TaskSource)
        Proxy.newProxyInstance(
            TaskSource.class.getClassLoader(),
            new Class<?>[] {TaskSource.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> name;
                });
  }

  private static Map<String, Object> fromFile() {
    return Map.of(
        "service.pid",
        PID,
        ConfigurationFiles.FILE_NAME,
        "file:/configs/a.task.cfg",
        "operators",
        "3",
        "prompt",
        "{{question}}");
  }

  private UserException refusal(String name) {
    return assertThrows(UserException.class, () -> lookup.use(wanted(name), ""));
  }

  private static Wanted<TaskSource> wanted(String name) {
    return new Wanted<>(TaskSource.class, name, "x.cfg: task");
  }
}
