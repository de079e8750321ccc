package io.lanpo.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A SkyRL server on loopback with a model of ours. Its database and its checkpoints outlive it, so
 * that it can be killed and started again.
 */
final class SkyrlServer implements AutoCloseable {
  /** System property: the command that starts a server; set by the profile {@code skyrl}. */
  static final String COMMAND = "lanpo.skyrl.server";

  private static final int PATIENCE_SECONDS = 180;

  /** One shape for each length: every other batch would be compiled again. */
  private static final String ONE_SHAPE =
      "{\"train_micro_batch_size\": 1, \"sample_max_num_sequences\": 64, \"max_lora_adapters\": 4}";

  private final Path model;
  private final Path work;
  private final int port;
  private Process process;

  private SkyrlServer(Path model, Path work, int port, Process process) {
    this.model = model;
    this.work = work;
    this.port = port;
    this.process = process;
  }

  /** Whether there is a server to start; without the profile there is none. */
  static boolean installed() throws IOException, InterruptedException {
    String command = System.getProperty(COMMAND, "");
    return !command.isBlank()
        && new ProcessBuilder(command, "check").inheritIO().start().waitFor() == 0;
  }

  /**
   * Starts a server.
   *
   * @param model folder of the checkpoint
   * @param work where its files go
   */
  static SkyrlServer start(Path model, Path work) throws IOException, InterruptedException {
    Files.createDirectories(work);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    SkyrlServer server = new SkyrlServer(model, work, port, launch(model, work, port));
    server.awaitReady();
    return server;
  }

  private static Process launch(Path model, Path work, int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                System.getProperty(COMMAND),
                "--base-model",
                model.toString(),
                "--backend",
                "jax",
                "--backend-config",
                ONE_SHAPE,
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--checkpoints-base",
                work.resolve("checkpoints").toString(),
                "--database-url",
                "sqlite:///" + work.resolve("server.db")));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(work.resolve("server.log").toFile()));
    return builder.start();
  }

  private void awaitReady() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/api/v1/healthz")).build();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // not yet
      }
      Thread.sleep(200);
    }
    kill();
    throw new AssertionError("no server: " + Files.readString(work.resolve("server.log")));
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Ends it at once, with everything that it has started. */
  void kill() throws InterruptedException {
    List<ProcessHandle> all = process.descendants().toList();
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
    for (ProcessHandle one : all) {
      while (one.isAlive()) {
        Thread.sleep(20);
      }
    }
  }

  /** Starts it again, at the same address and with the same files. */
  void restart() throws IOException, InterruptedException {
    process = launch(model, work, port);
    awaitReady();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
