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

/** A server on loopback that can be killed, with everything that it starts, and started again. */
final class ServerProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 180;

  private final List<String> command;
  private final URI health;
  private final Path log;
  private Process process;

  private ServerProcess(List<String> command, URI health, Path log, Process process) {
    this.command = command;
    this.health = health;
    this.log = log;
    this.process = process;
  }

  /** A port of loopback that nobody has now. */
  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  /**
   * Whether the script in a system property has a server to start.
   *
   * @param property set by the profile of that server; without it there is none
   */
  static boolean installed(String property) throws IOException, InterruptedException {
    String script = System.getProperty(property, "");
    return !script.isBlank()
        && new ProcessBuilder(script, "check").inheritIO().start().waitFor() == 0;
  }

  /**
   * Starts a server and waits for it.
   *
   * @param health answers with status 200 when it is ready
   * @param log gets what it prints
   */
  static ServerProcess start(List<String> command, URI health, Path log)
      throws IOException, InterruptedException {
    ServerProcess server = new ServerProcess(command, health, log, launch(command, log));
    server.awaitReady();
    return server;
  }

  private static Process launch(List<String> command, Path log) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private void awaitReady() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(health).build();
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
    close();
    throw new AssertionError("no server: " + Files.readString(log));
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
    process = launch(command, log);
    awaitReady();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
