package io.lanpo.api.dashboard;

import java.net.URI;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The page with runs, curves, rollouts, components and pools. It is off until it is opened, and
 * gone with the process. Safe for use by several threads.
 */
@ProviderType
public interface Dashboard {
  /** The address of this machine that no other machine can reach. */
  String LOOPBACK = "127.0.0.1";

  /** The port that is taken when none is named. */
  int USUAL_PORT = 7077;

  /**
   * Opens the page, or tells where it is when it is open there already; a page that is open
   * elsewhere moves.
   *
   * @param host a name or address of this machine; beyond loopback whoever knows the token in the
   *     answer can read every run, every rollout and every pool
   * @param port 0 for any that is free
   * @return what to type into a browser, beyond loopback with a token
   * @throws io.lanpo.api.component.UserException when the port is taken or the host is not this
   *     machine
   */
  URI open(String host, int port);

  /** Closes the page; one that is not open is fine. */
  void close();
}
