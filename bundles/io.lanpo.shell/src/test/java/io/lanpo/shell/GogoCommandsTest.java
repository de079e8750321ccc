package io.lanpo.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.api.component.ComponentCatalogue;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.deploy.Deployments;
import io.lanpo.shell.command.component.FakeCatalogue;
import io.lanpo.shell.dispatch.Commands;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.felix.gogo.runtime.activator.Activator;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

/** The commands in a real Gogo. */
@Timeout(300)
class GogoCommandsTest {
  @TempDir Path storage;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Activator gogo = new Activator();
  private TestFramework framework;
  private BundleContext context;
  private GogoCommands commands;
  private CommandProcessor processor;

  @BeforeEach
  void start() throws Exception {
    framework = new TestFramework(storage, Map.of());
    context = framework.context();
    gogo.start(context);
    commands = new GogoCommands(context);
    processor = context.getService(context.getServiceReference(CommandProcessor.class));
  }

  @AfterEach
  void stop() throws Exception {
    gogo.stop(context);
    framework.close();
  }

  private CommandSession session() {
    CommandSession session =
        processor.createSession(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    session.put("SCOPE", "lanpo:*");
    return session;
  }

  private void components(String name) {
    context.registerService(
        ComponentCatalogue.class,
        new FakeCatalogue().with(name, "b", Condition.READY, List.of()),
        null);
    context.registerService(Deployments.class, new NoDeployments(), null);
  }

  @Test
  void everyCommandIsPublishedInTheScopeAndWithdrawn() throws Exception {
    try (CommandSession session = session()) {
      assertEquals(
          Commands.all().names().stream()
              .map(n -> "lanpo:" + n)
              .collect(Collectors.toCollection(TreeSet::new)),
          published(session));
      commands.stop();
      assertNull(session.get("lanpo:runs"));
    }
  }

  @SuppressWarnings("unchecked")
  private static TreeSet<String> published(CommandSession session) {
    return ((Set<String>) session.get(".commands"))
        .stream()
            .filter(n -> n.startsWith("lanpo:"))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aCommandPrintsToItsSessionAndReturnsNothingToBePrintedTwice() throws Exception {
    components("critique");
    try (CommandSession session = session()) {
      assertEquals(null, session.execute("lanpo:components --json"));
      assertEquals(
          "{\"components\":[{\"kind\":\"reflection\",\"name\":\"critique\",\"bundle\":\"b\","
              + "\"version\":\"1.0.0\",\"ranking\":0,\"pinnedBy\":[],\"state\":\"ready\",\"causes\":[],"
              + "\"nextStep\":\"\"}],\"notServing\":[],\"refused\":[]}\n",
          out.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void theScopeMayBeLeftOutAndPicocliParsesTheArguments() throws Exception {
    components("critique");
    try (CommandSession session = session()) {
      session.execute("components --jsn");
      String complaint = err.toString(StandardCharsets.UTF_8);
      assertTrue(complaint.contains("Unknown option: '--jsn'"), complaint);
      assertTrue(complaint.contains("--json"), complaint);
      assertEquals("", out.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void keyValueAndQuotedTextSurviveGogosOwnSyntax() throws Exception {
    try (CommandSession session = session()) {
      session.execute("runs --set seed=7");
      assertTrue(
          err.toString(StandardCharsets.UTF_8).contains("Unknown options: '--set', 'seed=7'"),
          err.toString(StandardCharsets.UTF_8));
      err.reset();
      session.execute("help \"two words\"");
      assertTrue(
          err.toString(StandardCharsets.UTF_8).contains("there is no command two words"),
          err.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void stoppingTheBundleEndsACommandThatIsUnderWay() throws Exception {
    BusyCatalogue busy = new BusyCatalogue();
    context.registerService(ComponentCatalogue.class, busy, null);
    context.registerService(Deployments.class, new NoDeployments(), null);
    CompletableFuture<Void> command =
        CompletableFuture.runAsync(
            () -> {
              try (CommandSession session = session()) {
                session.execute("lanpo:components");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    busy.entered.await();
    commands.stop();
    command.get();
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("lanpo: interrupted"));
  }
}
