package io.lanpo.api.deploy;

import java.util.List;

/**
 * A component as its bundle declares it, or a bundle whose components cannot be known because it is
 * not resolved.
 *
 * @param kind what it is, e.g. {@code reflection}; {@code bundle} for a bundle that is not resolved
 * @param name its {@code lanpo.name}; else the name of the class or bundle
 * @param bundle symbolic name of its bundle
 * @param version version of its bundle
 * @param condition whether it serves
 * @param causes why it does not, from the outermost cause to the root; empty when it does
 * @param nextStep what the user can do about it; empty when it serves
 */
public record ComponentState(
    String kind,
    String name,
    String bundle,
    String version,
    Condition condition,
    List<String> causes,
    String nextStep) {
  public ComponentState {
    causes = List.copyOf(causes);
  }

  /** Whether a component serves. */
  public enum Condition {
    /** It serves. */
    READY,
    /** It is made from a configuration file, and there is none. */
    UNCONFIGURED,
    /** Something that it refers to is missing. */
    UNSATISFIED,
    /** Its constructor failed. */
    FAILED,
    /** Its bundle was stopped. */
    STOPPED,
    /** Its bundle lacks a package or another requirement. */
    UNRESOLVED
  }
}
