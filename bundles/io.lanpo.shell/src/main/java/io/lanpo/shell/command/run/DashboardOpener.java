package io.lanpo.shell.command.run;

import io.lanpo.api.component.UserException;
import io.lanpo.api.dashboard.Dashboard;
import io.lanpo.shell.command.CommandContext;
import io.lanpo.shell.service.ServiceHandle;
import java.net.URI;
import java.util.concurrent.CountDownLatch;

/** Opens the page of this process. */
record DashboardOpener(CommandContext context) {
  /** Opens it on loopback, at the usual port or, when that is taken, at another one. */
  URI open() throws InterruptedException {
    return open(Dashboard.LOOPBACK);
  }

  /** Opens it on a host, at the usual port or, when that is taken, at another one. */
  URI open(String host) throws InterruptedException {
    try (ServiceHandle<Dashboard> dashboard = context.services().onDemand(Dashboard.class)) {
      return near(dashboard.get(), host);
    }
  }

  /**
   * Opens it on a host at a port.
   *
   * @throws UserException when it is taken
   */
  URI open(String host, int port) throws InterruptedException {
    try (ServiceHandle<Dashboard> dashboard = context.services().onDemand(Dashboard.class)) {
      return dashboard.get().open(host, port);
    }
  }

  void close() throws InterruptedException {
    try (ServiceHandle<Dashboard> dashboard = context.services().onDemand(Dashboard.class)) {
      dashboard.get().close();
    }
  }

  /** The page goes with the process, so the process waits for Ctrl-C. */
  void await(String said) throws InterruptedException {
    context.console().out().flush();
    context.console().err().println(said + "; Ctrl-C closes it");
    CountDownLatch cancelled = new CountDownLatch(1);
    context.cancellation().onCancel(cancelled::countDown);
    cancelled.await();
  }

  private static URI near(Dashboard dashboard, String host) {
    try {
      return dashboard.open(host, Dashboard.USUAL_PORT);
    } catch (UserException e) {
      // another process has its page there
      return dashboard.open(host, 0);
    }
  }
}
