package io.lanpo.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page of a process, as a program asks it. */
final class Page implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"]+");

  private final Process process;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  private Page(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Waits until a process has told on standard output where its page is. */
  static Page toldOnOutput(Process process) throws IOException {
    return new Page(process, address(process.getInputStream()));
  }

  /** Waits until a process has told on standard error where its page is. */
  static Page toldOnError(Process process) throws IOException {
    return new Page(process, address(process.getErrorStream()));
  }

  private static URI address(InputStream stream) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8));
    StringBuilder all = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      all.append(line).append('\n');
      Matcher m = ADDRESS.matcher(line.replace("\\u003d", "="));
      if (m.find()) {
        // the process must not wait for a reader of what else it writes
        Thread drain = new Thread(() -> reader.lines().forEach(l -> {}), "drain");
        drain.setDaemon(true);
        drain.start();
        return URI.create(m.group());
      }
    }
    throw new AssertionError("the process told no address: " + all);
  }

  URI address() {
    return address;
  }

  Process process() {
    return process;
  }

  HttpResponse<String> ask(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A document that has to be there. */
  JsonObject document(String path) throws Exception {
    HttpResponse<String> response = ask("/api/" + path);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return JsonParser.parseString(response.body()).getAsJsonObject();
  }

  /** As Ctrl-C does. */
  void interrupt() throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  @Override
  public void close() throws Exception {
    interrupt();
    if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
