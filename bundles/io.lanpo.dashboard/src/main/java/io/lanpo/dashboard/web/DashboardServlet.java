package io.lanpo.dashboard.web;

import io.lanpo.api.component.UserException;
import io.lanpo.dashboard.data.Endpoints;
import io.lanpo.dashboard.data.RequestParameters;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers every request: files of the page, and documents below {@code /api/}. */
public final class DashboardServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DashboardServlet.class);
  private static final String API = "/api/";

  /**
   * A browser runs and shows nothing but the page's own files: text that a policy wrote cannot
   * become a script, not even if it were mistaken for HTML.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final transient Endpoints documents;
  private final transient StaticFiles files = new StaticFiles();
  private final transient RequestGuard guard;

  /**
   * @param token what every request for data has to know; null on loopback
   */
  public DashboardServlet(Endpoints documents, @Nullable String token) {
    this.documents = documents;
    this.guard = new RequestGuard(token);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path = request.getRequestURI();
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Cache-Control", "no-store");
    int refusal =
        guard.judge(
            request.getMethod(),
            request.getHeader("Host"),
            request.getHeader("Authorization"),
            path.startsWith(API));
    if (refusal != 0) {
      refuse(refusal, request, response);
    } else if (path.startsWith(API)) {
      document(path.substring(API.length()), request, response);
    } else {
      Optional<StaticFiles.File> file = files.file(path);
      if (file.isPresent()) {
        send(request, response, 200, file.get().type(), file.get().bytes());
      } else {
        json(request, response, 404, Endpoints.failure("there is no " + path, "Begin at /."));
      }
    }
  }

  private void document(String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String json;
    int status = 200;
    try {
      Optional<String> found = documents.json(name, query(request));
      status = found.isPresent() ? 200 : 404;
      json = found.orElseGet(() -> Endpoints.failure("there is no document " + name, ""));
    } catch (UserException e) {
      status = 400;
      json = Endpoints.failure(String.valueOf(e.getMessage()), e.nextStep());
    } catch (RuntimeException e) {
      // the page says that something is wrong, the log says what
      LOG.error("the document {} cannot be made", name, e);
      status = 500;
      json = Endpoints.failure("something went wrong: " + e, "The log has more.");
    }
    json(request, response, status, json);
  }

  private static RequestParameters query(HttpServletRequest request) {
    Map<String, String> values = new HashMap<>();
    try {
      request.getParameterMap().forEach((name, all) -> values.put(name, all[0]));
    } catch (RuntimeException e) {
      // the server has several exceptions for a query that it cannot decode
      throw new UserException(
          "the request's parameters are not UTF-8 text in percent encoding",
          "Begin again from the list of runs.",
          e);
    }
    return new RequestParameters(values);
  }

  private static void refuse(int status, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (status) {
      case 405 -> {
        response.setHeader("Allow", "GET, HEAD");
        json(request, response, status, Endpoints.failure("this page is read-only", ""));
      }
      case 401 -> {
        response.setHeader("WWW-Authenticate", "Bearer");
        json(
            request,
            response,
            status,
            Endpoints.failure(
                "the token is missing or wrong",
                "Open the address that 'lanpo dashboard' printed."));
      }
      default ->
          json(
              request,
              response,
              status,
              Endpoints.failure(
                  "this page answers to the name localhost only", "Open http://localhost:PORT/."));
    }
  }

  private static void json(
      HttpServletRequest request, HttpServletResponse response, int status, String json)
      throws IOException {
    send(request, response, status, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      String type,
      byte[] bytes)
      throws IOException {
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(bytes.length);
    if (request.isAsyncSupported()) {
      Answer.send(request.startAsync(), response.getOutputStream(), bytes);
      return;
    }
    try {
      response.getOutputStream().write(bytes);
    } catch (IOException e) {
      // the browser closed the connection before the whole answer was sent
      LOG.debug("an answer was not taken", e);
    }
  }
}
