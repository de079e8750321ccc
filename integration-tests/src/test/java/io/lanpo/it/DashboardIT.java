package io.lanpo.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lanpo.it.paxexam.ProductOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code lanpo dashboard} as a program asks it: every document, and whatever may go wrong. */
@Timeout(600)
final class DashboardIT {
  @TempDir static Path folder;
  private static Lanpo lanpo;
  private static Path run;
  private static Path copy;
  private static Page page;

  @BeforeAll
  static void aRunAndThePage() throws Exception {
    lanpo = Lanpo.withColdStarts(folder, ProductOptions.home().resolveSibling("configs"));
    run = RecordedRuns.record(lanpo, "steps", "12");
    copy = RecordedRuns.copy(run, "from-elsewhere");
    RecordedRuns.truncate(copy.resolve("metrics.jsonl"));
    RecordedRuns.truncate(copy.resolve("rollouts.jsonl"));
    RecordedRuns.truncate(copy.resolve("lessons.jsonl"));
    Path crafted = RecordedRuns.copy(run, "crafted");
    RecordedRuns.addCrafted(crafted);
    Files.writeString(
        Files.createDirectory(lanpo.runs().resolve("damaged")).resolve("run.json"), "{\"for");
    Files.createDirectory(lanpo.runs().resolve("no-run"));
    page = Page.toldOnOutput(lanpo.start("dashboard", "--port", "0", "--json"));
  }

  @AfterAll
  static void ctrlCEndsItAndThePort() throws Exception {
    page.close();
    assertThrows(ConnectException.class, () -> page.ask("/"));
    try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void everyRunIsListedByItsFolderAlsoOneThatWasCopied() throws Exception {
    Set<String> names = new TreeSet<>();
    for (JsonObject row : rows(page.document("runs"), "runs")) {
      if (row.get("state").getAsString().equals("damaged")) {
        assertEquals("damaged", row.get("run").getAsString());
        String message = row.get("message").getAsString();
        assertTrue(message.contains("run.json is missing or damaged"), message);
        continue;
      }
      names.add(row.get("run").getAsString());
      assertEquals(name(run), row.get("id").getAsString());
      assertEquals("finished", row.get("state").getAsString());
    }
    assertEquals(new TreeSet<>(Set.of(name(run), "from-elsewhere", "crafted")), names);
    assertEquals(4, rows(page.document("runs"), "runs").size(), "the damaged one, too");
  }

  @Test
  void aRunHasItsSettingsComponentsAndResult() throws Exception {
    JsonObject shown = page.document("run?run=" + name(run));
    assertEquals("12", shown.getAsJsonObject("settings").get("steps").getAsString());
    String verifier = shown.getAsJsonObject("components").get("verifier").getAsString();
    assertTrue(verifier.startsWith("exact, io.lanpo.verifier.exact 0."), verifier);
    assertEquals(3, shown.getAsJsonObject("result").getAsJsonArray("scores").size());
  }

  @Test
  void curvesHaveEveryStepAndThenOnlyWhatIsNew() throws Exception {
    JsonObject all = page.document("metrics?run=" + name(run));
    assertEquals(12, all.get("rows").getAsInt());
    List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
    JsonArray rewards = all.getAsJsonObject("values").getAsJsonArray("reward");
    for (int i = 0; i < 12; i++) {
      double written =
          JsonParser.parseString(lines.get(i)).getAsJsonObject().get("reward").getAsDouble();
      assertEquals(written, rewards.get(i).getAsDouble(), 1e-6);
    }
    JsonObject rest =
        page.document(
            "metrics?run=%s&since=10&generation=%s".formatted(name(run), all.get("generation")));
    assertEquals(2, rest.getAsJsonArray("step").size());
  }

  @Test
  void ofALineThatWasCutOffByAKillNothingIsShown() throws Exception {
    assertEquals(11, page.document("metrics?run=from-elsewhere").get("rows").getAsInt());
    long lines = Files.readAllLines(run.resolve("rollouts.jsonl")).size();
    assertEquals(lines - 1, page.document("rollouts?run=from-elsewhere").get("all").getAsLong());
    JsonObject lessons = page.document("lessons?run=from-elsewhere");
    assertTrue(lessons.get("experiences").getAsLong() > 0, lessons.toString());
  }

  @Test
  void completionsAreFilteredAndPaged() throws Exception {
    int right = 0;
    for (String verdict : List.of("right", "wrong")) {
      JsonObject some = page.document("rollouts?run=%s&verdict=%s".formatted(name(run), verdict));
      right += some.get("total").getAsInt();
      for (JsonObject rollout : rows(some, "rollouts")) {
        assertEquals(verdict.equals("right"), rollout.get("accepted").getAsBoolean());
      }
    }
    JsonObject all = page.document("rollouts?run=" + name(run));
    assertEquals(all.get("total").getAsInt(), right);
    JsonObject reviews = page.document("rollouts?run=%s&mode=reflect&size=50".formatted(name(run)));
    boolean foundEarlier = false;
    for (JsonObject review : rows(reviews, "rollouts")) {
      assertEquals(
          review.get("text").getAsString(),
          review.get("critique").getAsString() + review.get("attempt").getAsString());
      String earlier = review.get("earlier").getAsString();
      assertTrue(review.get("prompt").getAsString().contains(earlier));
      foundEarlier |= !earlier.isEmpty();
    }
    assertTrue(foundEarlier, "no review with the attempt that it is about");
    JsonObject step = page.document("rollouts?run=%s&step=3&size=5&page=2".formatted(name(run)));
    assertEquals(5, step.getAsJsonArray("rollouts").size());
    assertEquals(48, step.get("total").getAsInt());
  }

  @Test
  void completionsAreSearchedAndTheirLessonsHaveWords() throws Exception {
    JsonObject any =
        rows(page.document("rollouts?run=%s&size=1".formatted(name(run))), "rollouts").get(0);
    String problem = any.get("problem").getAsString();
    JsonObject found =
        page.document("rollouts?run=%s&size=50&problem=%s".formatted(name(run), problem));
    assertTrue(found.get("total").getAsInt() < found.get("all").getAsInt(), found.toString());
    rows(found, "rollouts").forEach(r -> assertEquals(problem, r.get("problem").getAsString()));
    assertEquals(
        0,
        page.document("rollouts?run=%s&text=no+such+words".formatted(name(run)))
            .get("total")
            .getAsInt());
    int ended = 0;
    for (String how : List.of("itself", "cut")) {
      ended +=
          page.document("rollouts?run=%s&ended=%s".formatted(name(run), how))
              .get("total")
              .getAsInt();
    }
    assertEquals(found.get("all").getAsInt(), ended);
    String written = Files.readString(run.resolve("lessons.jsonl"));
    JsonObject withLessons =
        rows(page.document("rollouts?run=%s&mode=abstract&size=1".formatted(name(run))), "rollouts")
            .get(0);
    JsonObject lesson = rows(withLessons, "shown").get(0);
    assertTrue(written.contains(lesson.get("id").getAsString()), lesson.toString());
    assertFalse(lesson.get("text").getAsString().isEmpty(), lesson.toString());
  }

  @Test
  void onlyTheCurvesThatAreAskedForAreSent() throws Exception {
    JsonObject some = page.document("metrics?run=%s&names=reward,no-such".formatted(name(run)));
    assertEquals(Set.of("reward"), some.getAsJsonObject("values").keySet());
    assertTrue(some.getAsJsonArray("names").size() > 30, some.toString());
  }

  /** What a command says about a run is in its folder, and damage to it is no damage to the run. */
  @Test
  @Tag("full")
  void whatIsSaidAboutARunIsShown() throws Exception {
    assertEquals(0, lanpo.run("run", "tag", "from-elsewhere", "b", "a").code());
    assertEquals(0, lanpo.run("run", "group", "from-elsewhere", "copies").code());
    JsonObject notes = page.document("run?run=from-elsewhere").getAsJsonObject("notes");
    assertEquals("[\"a\",\"b\"]", notes.get("tags").toString());
    assertEquals("copies", notes.get("group").getAsString());
    Files.writeString(copy.resolve("notes.json"), "{\"tags\":");
    JsonObject damaged = page.document("run?run=from-elsewhere");
    assertEquals("finished", damaged.get("state").getAsString());
    assertTrue(damaged.get("message").getAsString().contains("notes.json"), damaged.toString());
    assertEquals(1, lanpo.run("run", "tag", "from-elsewhere", "c").code());
    Files.delete(copy.resolve("notes.json"));
  }

  @Test
  void whatKeepsARunFromLearningIsShownWithIt() throws Exception {
    for (String document : List.of("run", "metrics")) {
      JsonObject shown = page.document(document + "?run=crafted");
      JsonObject row = document.equals("run") ? shown : shown.getAsJsonObject("run");
      assertFalse(row.get("learned").getAsBoolean());
      JsonObject finding = row.getAsJsonArray("findings").get(0).getAsJsonObject();
      assertEquals("no-answer", finding.get("kind").getAsString());
      assertEquals(RecordedRuns.CRAFTED, finding.get("sentence").getAsString());
      assertTrue(finding.get("fault").getAsBoolean());
    }
  }

  @Test
  void craftedTextIsDataAndNothingElse() throws Exception {
    HttpResponse<String> response = page.ask("/api/rollouts?run=crafted&size=1");
    assertEquals("application/json", type(response));
    assertEquals("nosniff", response.headers().firstValue("X-Content-Type-Options").orElse(""));
    String policy = response.headers().firstValue("Content-Security-Policy").orElse("");
    assertTrue(policy.contains("default-src 'none'"), policy);
    assertTrue(policy.contains("script-src 'self';"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertFalse(response.body().contains("<"), "no tag in the bytes");
    assertFalse(response.body().contains("\u001b"), "no escape in the bytes");
    JsonObject rollout =
        rows(JsonParser.parseString(response.body()).getAsJsonObject(), "rollouts").get(0);
    assertEquals(RecordedRuns.CRAFTED, rollout.get("attempt").getAsString());
  }

  @Test
  void componentsHaveTheirBundles() throws Exception {
    Set<String> bundles = new TreeSet<>();
    for (JsonObject row : rows(page.document("components"), "components")) {
      bundles.add(row.get("kind").getAsString() + " " + row.get("bundle").getAsString());
    }
    assertTrue(bundles.contains("verifier io.lanpo.verifier.math"), bundles.toString());
    assertTrue(bundles.contains("policy io.lanpo.policy.djl"), bundles.toString());
  }

  @Test
  @Tag("full")
  void thePoolIsSearchedAndItsLessonsAreRanked() throws Exception {
    JsonObject all = page.document("pool?run=%s&size=100".formatted(name(run)));
    assertEquals(12 * 48, all.get("experiences").getAsInt());
    JsonObject first = rows(all, "problems").get(0);
    String id = first.get("problem").getAsString();
    JsonObject found = page.document("pool?run=%s&text=%s".formatted(name(run), id));
    assertEquals(id, rows(found, "problems").get(0).get("problem").getAsString());
    JsonObject problem = page.document("problem?run=%s&problem=%s".formatted(name(run), id));
    assertEquals(first.get("attempts"), problem.get("total"));
    double before = 2;
    for (JsonObject lesson : rows(page.document("lessons?run=" + name(run)), "lessons")) {
      double usefulness =
          lesson.get("usefulness").isJsonNull() ? 0 : lesson.get("usefulness").getAsDouble();
      assertTrue(usefulness <= before, "the most useful first");
      before = usefulness;
    }
    assertTrue(before < 2, "there are lessons");
    // looking has not kept the pool from anybody
    assertEquals(0, lanpo.run("pool", "stats", "--run", name(run)).code());
  }

  @Test
  void whatIsNotThereOrNotAllowedIsSaidInASentence() throws Exception {
    for (String path :
        List.of(
            "/api/run?run=nothing",
            "/api/run",
            "/api/rollouts?run=%s&mode=odd".formatted(name(run)),
            "/api/rollouts?run=%s&page=0".formatted(name(run)),
            "/api/rollouts?run=%s&ended=odd".formatted(name(run)),
            "/api/metrics?run=%s&since=x".formatted(name(run)),
            "/api/pool?run=%s&text=%%ff".formatted(name(run)),
            "/api/rollouts?run=%s&text=%%c3".formatted(name(run)),
            "/api/rollouts?run=%s&page=2147483648".formatted(name(run)),
            "/api/run?run=..%2F..%2Fetc")) {
      HttpResponse<String> response = page.ask(path);
      assertEquals(400, response.statusCode(), path);
      JsonObject failure = JsonParser.parseString(response.body()).getAsJsonObject();
      assertTrue(failure.get("error").getAsString().length() > 10, failure.toString());
    }
    assertEquals(404, page.ask("/api/secrets").statusCode());
    assertEquals(404, page.ask("/run.json").statusCode());
  }

  @Test
  void anotherHostIsRefusedAndSoIsEveryOtherMethod() throws Exception {
    assertEquals("HTTP/1.1 421", status("GET /api/runs HTTP/1.1", "Host: evil.example"));
    assertEquals("HTTP/1.1 421", status("GET / HTTP/1.1", "Host: evil.example:" + port()));
    assertEquals("HTTP/1.1 200", status("GET /api/runs HTTP/1.1", "Host: localhost:" + port()));
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
      assertEquals(
          "HTTP/1.1 405", status(method + " /api/runs HTTP/1.1", "Host: localhost"), method);
    }
    String traversal = status("GET /../../etc/passwd HTTP/1.1", "Host: localhost");
    assertTrue(Set.of("HTTP/1.1 400", "HTTP/1.1 404").contains(traversal), traversal);
  }

  /** More of them than the server has threads, each with many requests that are not read. */
  @Test
  void readersThatDoNotReadHoldNobodyUp() throws Exception {
    List<Socket> idle = new ArrayList<>();
    try {
      String request =
          "GET /api/rollouts?run=%s&size=100 HTTP/1.1\r\nHost: localhost:%d\r\n\r\n"
              .formatted(name(run), port());
      for (int i = 0; i < 40; i++) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        idle.add(socket);
        socket.getOutputStream().write(request.repeat(60).getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      }
      assertEquals(200, page.ask("/api/runs").statusCode());
      assertEquals(
          200, page.ask("/api/rollouts?run=%s&page=2147483647".formatted(name(run))).statusCode());
    } finally {
      for (Socket socket : idle) {
        socket.close();
      }
    }
  }

  @Test
  void onlyThisMachineReachesIt() throws Exception {
    List<InetAddress> others = new ArrayList<>();
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      Collections.list(each.getInetAddresses()).stream()
          .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
          .forEach(others::add);
    }
    Assumptions.assumeFalse(others.isEmpty(), "NOT TESTED: this machine has no other address");
    for (InetAddress other : others) {
      assertThrows(
          IOException.class,
          () -> {
            try (Socket socket = new Socket()) {
              socket.connect(new InetSocketAddress(other, port()), 2000);
            }
          });
    }
  }

  @Test
  void beyondLoopbackATokenIsNeeded() throws Exception {
    try (Page open =
        Page.toldOnOutput(lanpo.start("dashboard", "--host", "0.0.0.0", "--port", "0", "--json"))) {
      String token = open.address().getFragment().substring("token=".length());
      assertEquals(32, token.length());
      assertEquals(200, open.ask("/").statusCode());
      assertEquals(401, open.ask("/api/runs").statusCode());
      assertEquals(401, open.ask("/api/runs?token=" + token).statusCode());
      assertEquals(401, open.ask("/api/runs", "Authorization", "Bearer x").statusCode());
      assertEquals(200, open.ask("/api/runs", "Authorization", "Bearer " + token).statusCode());
    }
  }

  @Test
  @Tag("full")
  void aPortThatIsTakenIsSaidSo() throws Exception {
    Lanpo.Result result = lanpo.run("dashboard", "--port", Integer.toString(port()));
    assertEquals(1, result.code(), result.out());
    assertTrue(result.err().contains("cannot listen on 127.0.0.1, port " + port()), result.err());
  }

  /** Ten browsers at once, one of which goes away in the middle of every answer. */
  @Test
  void manyConnectAndOneDisconnects() throws Exception {
    ExecutorService browsers = Executors.newFixedThreadPool(10);
    List<Future<Integer>> good = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      good.add(
          browsers.submit(
              () -> {
                int answered = 0;
                for (int n = 0; n < 20; n++) {
                  answered +=
                      page.document("metrics?run=" + name(run)).get("rows").getAsInt() == 12
                          ? 1
                          : 0;
                  page.document("rollouts?run=%s&size=50".formatted(name(run)));
                }
                return answered;
              }));
    }
    Future<?> rude =
        browsers.submit(
            () -> {
              for (int n = 0; n < 40; n++) {
                try (Socket socket = new Socket("127.0.0.1", port())) {
                  // closing sends a reset: what is on the way is lost
                  socket.setSoLinger(true, 0);
                  socket
                      .getOutputStream()
                      .write(request("GET /uplot/uPlot.esm.js HTTP/1.1", "Host: localhost"));
                  if (n % 2 == 0) {
                    assertTrue(socket.getInputStream().read() > 0);
                  }
                }
              }
              return null;
            });
    for (Future<Integer> each : good) {
      assertEquals(20, each.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
    rude.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    browsers.shutdown();
    assertEquals(200, page.ask("/").statusCode());
    Path log = folder.resolve("var/log/lanpo.log");
    String said = Files.exists(log) ? Files.readString(log) : "";
    assertFalse(said.contains("PageServlet"), said);
  }

  private static String status(String... lines) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.setSoTimeout((int) Await.PATIENCE.toMillis());
      socket.getOutputStream().write(request(lines));
      return new String(socket.getInputStream().readNBytes(12), US_ASCII);
    }
  }

  private static byte[] request(String... lines) {
    return (String.join("\r\n", lines) + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        .getBytes(US_ASCII);
  }

  private static int port() {
    return page.address().getPort();
  }

  private static String type(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
  }

  private static String name(Path folder) {
    return folder.getFileName().toString();
  }

  private static List<JsonObject> rows(JsonObject document, String name) {
    return StreamSupport.stream(document.getAsJsonArray(name).spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }
}
