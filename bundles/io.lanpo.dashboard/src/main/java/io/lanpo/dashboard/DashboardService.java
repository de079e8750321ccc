package io.lanpo.dashboard;

import io.lanpo.api.component.UserException;
import io.lanpo.api.dashboard.Dashboard;
import io.lanpo.dashboard.data.Endpoints;
import io.lanpo.dashboard.service.OsgiServices;
import io.lanpo.dashboard.web.DashboardServlet;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Opens the page on a server of its own: Felix HTTP by a configuration, the servlet by its
 * whiteboard. Immediate: the caller releases the service, and the page stays open.
 */
@Component(service = Dashboard.class, immediate = true)
public final class DashboardService implements Dashboard {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final String SERVER = "org.apache.felix.http";

  /** Enough for a browser with several tabs; the cores belong to the training. */
  private static final int THREADS = 16;

  private final BundleContext context;
  private final ConfigurationAdmin configurations;
  private final OsgiServices services;
  private final Endpoints documents;
  private @Nullable Open open;

  /** Opens nothing yet. */
  @Activate
  public DashboardService(BundleContext context, @Reference ConfigurationAdmin configurations) {
    this.context = context;
    this.configurations = configurations;
    this.services = new OsgiServices(context);
    this.documents = new Endpoints(services);
  }

  /**
   * The page as it is open.
   *
   * @param shown what was asked for and answered
   */
  private record Open(
      String host, int port, URI shown, Configuration server, ServiceRegistration<?> servlet) {}

  @Override
  public synchronized URI open(String host, int port) {
    Open now = open;
    if (now != null && now.host.equals(host) && (port == 0 || now.port == port)) {
      return now.shown;
    }
    ListenAddress address = ListenAddress.free(host, port);
    close();
    String token = address.loopback() ? null : token();
    ServiceRegistration<?> servlet =
        context.registerService(
            Servlet.class,
            new DashboardServlet(documents, token),
            new Hashtable<>(
                Map.<String, Object>of(
                    "osgi.http.whiteboard.servlet.name",
                    "lanpo-dashboard",
                    "osgi.http.whiteboard.servlet.pattern",
                    "/*",
                    "osgi.http.whiteboard.servlet.asyncSupported",
                    true,
                    "osgi.http.whiteboard.target",
                    "(lanpo.page=dashboard)")));
    Configuration server;
    try {
      server = configurations.getFactoryConfiguration(SERVER, "lanpo-dashboard", "?");
      server.update(new Hashtable<>(settings(address)));
    } catch (IOException e) {
      servlet.unregister();
      throw new UserException(
          "the web server cannot be configured: " + e.getMessage(), "Free some disk space.", e);
    }
    URI shown =
        URI.create(
            "http://%s:%d/%s"
                .formatted(
                    address.shown(), address.port(), token == null ? "" : "#token=" + token));
    open = new Open(host, address.port(), shown, server, servlet);
    awaitAnswer(address);
    return shown;
  }

  private static Map<String, Object> settings(ListenAddress address) {
    return Map.of(
        "org.apache.felix.http.enable",
        true,
        "org.apache.felix.https.enable",
        false,
        "org.apache.felix.http.host",
        address.address().getHostAddress(),
        "org.osgi.service.http.port",
        Integer.toString(address.port()),
        "org.apache.felix.http.jetty.threadpool.max",
        THREADS,
        "org.apache.felix.http.name",
        "lanpo-dashboard",
        "org.apache.felix.http.runtime.init.lanpo.page",
        "dashboard");
  }

  private void awaitAnswer(ListenAddress address) {
    URI icon = URI.create("http://%s:%d/icon.svg".formatted(address.near(), address.port()));
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        HttpURLConnection connection = (HttpURLConnection) icon.toURL().openConnection();
        connection.setConnectTimeout(1000);
        connection.setReadTimeout(1000);
        if (connection.getResponseCode() == HttpURLConnection.HTTP_OK) {
          connection.getInputStream().close();
          return;
        }
      } catch (IOException e) {
        // not yet: the server starts on a thread of its own
        Thread.onSpinWait();
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    close();
    throw new UserException(
        "the web server does not answer on " + icon.getAuthority(), "The log may say why.");
  }

  /** Closes the page and gives the services back. */
  @Deactivate
  public void stop() {
    close();
    services.close();
  }

  @Override
  public synchronized void close() {
    Open now = open;
    if (now == null) {
      return;
    }
    open = null;
    now.servlet.unregister();
    try {
      now.server.delete();
    } catch (IOException | IllegalStateException e) {
      // the configuration is in the folder of this process, and goes with it
      return;
    }
  }

  private static String token() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
