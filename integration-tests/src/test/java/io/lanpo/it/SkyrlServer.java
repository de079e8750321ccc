package io.lanpo.it;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A SkyRL server on loopback with a model of ours. Its database and its checkpoints outlive it, so
 * that it can be killed and started again.
 */
final class SkyrlServer implements AutoCloseable {
  /** System property: the command that starts a server; set by the profile {@code skyrl}. */
  static final String COMMAND = "lanpo.skyrl.server";

  /** One shape for each length: every other batch would be compiled again. */
  private static final String ONE_SHAPE =
      "{\"train_micro_batch_size\": 1, \"sample_max_num_sequences\": 64, \"max_lora_adapters\": 4}";

  private final String url;
  private final ServerProcess process;

  private SkyrlServer(String url, ServerProcess process) {
    this.url = url;
    this.process = process;
  }

  /** Whether there is a server to start; without the profile there is none. */
  static boolean installed() throws IOException, InterruptedException {
    return ServerProcess.installed(COMMAND);
  }

  /**
   * Starts a server.
   *
   * @param model folder of the checkpoint
   * @param work where its files go
   */
  static SkyrlServer start(Path model, Path work) throws IOException, InterruptedException {
    Files.createDirectories(work);
    int port = ServerProcess.freePort();
    String url = "http://127.0.0.1:" + port;
    List<String> command =
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
            "sqlite:///" + work.resolve("server.db"));
    return new SkyrlServer(
        url,
        ServerProcess.start(
            command, URI.create(url + "/api/v1/healthz"), work.resolve("server.log")));
  }

  String url() {
    return url;
  }

  /** Ends it at once, with everything that it has started. */
  void kill() throws InterruptedException {
    process.kill();
  }

  /** Starts it again, at the same address and with the same files. */
  void restart() throws IOException, InterruptedException {
    process.restart();
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
