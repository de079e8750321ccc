package io.lanpo.api.train;

import java.util.List;

/**
 * A pluggable component that is installed.
 *
 * @param kind what it is, e.g. {@code reflection}
 * @param name its {@code lanpo.name}
 * @param bundle symbolic name of its bundle
 * @param version version of its bundle
 * @param ranking service ranking; of two with one name the higher serves
 * @param pinnedBy ids of the runs that hold an instance
 */
public record ComponentInfo(
    String kind, String name, String bundle, String version, int ranking, List<String> pinnedBy) {
  public ComponentInfo {
    pinnedBy = List.copyOf(pinnedBy);
  }
}
