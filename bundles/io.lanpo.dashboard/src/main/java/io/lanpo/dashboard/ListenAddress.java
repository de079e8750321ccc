package io.lanpo.dashboard;

import io.lanpo.api.component.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * Where the page listens.
 *
 * @param host as it was asked for
 * @param address what it stands for
 * @param port a free port
 */
record ListenAddress(String host, InetAddress address, int port) {
  /**
   * Finds a free place.
   *
   * @param port 0 for any that is free
   * @throws UserException when there is none
   */
  static ListenAddress free(String host, int port) {
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new UserException(
          "there is no host %s".formatted(host), "Give a name or an address of this machine.", e);
    }
    try (ServerSocket probe = new ServerSocket(port, 1, address)) {
      return new ListenAddress(host, address, probe.getLocalPort());
    } catch (IOException e) {
      throw new UserException(
          "the page cannot listen on %s, port %d: %s".formatted(host, port, e.getMessage()),
          "Another program may have the port; choose another with --port, or 0 for any that is free.",
          e);
    }
  }

  /** Whether nobody outside of this machine can reach it. */
  boolean loopback() {
    return address.isLoopbackAddress();
  }

  /** The host to type into a browser. */
  String shown() {
    if (!address.isAnyLocalAddress()) {
      return literal(address);
    }
    try {
      return literal(InetAddress.getLocalHost());
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** The host to reach it from this machine. */
  String near() {
    return address.isAnyLocalAddress() ? "localhost" : literal(address);
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }
}
