package io.lanpo.api.component;

import java.util.List;

/**
 * A component as its bundle declares it, or a bundle whose components cannot be known because it is
 * not resolved.
 *
 * @param kind what it is, e.g. {@code reflection}; {@code bundle} for a bundle that is not resolved
 * @param name its {@code lanpo.name}; else the name of the class or bundle
 * @param bundle symbolic name of its bundle
 * @param version version of its bundle
 * @param ranking service ranking; of two with one name the higher serves
 * @param condition whether it serves
 * @param causes why it does not, from the outermost cause to the root; empty when it does
 * @param nextStep what the user can do about it; empty when it serves
 * @param pinnedBy who holds an instance: ids of runs
 */
public record ComponentState(
    String kind,
    String name,
    String bundle,
    String version,
    int ranking,
    Condition condition,
    List<String> causes,
    String nextStep,
    List<String> pinnedBy) {
  public ComponentState {
    causes = List.copyOf(causes);
    pinnedBy = List.copyOf(pinnedBy);
  }

  /** The same in another condition. */
  public ComponentState in(Condition other, List<String> why, String then) {
    return new ComponentState(kind, name, bundle, version, ranking, other, why, then, pinnedBy);
  }

  /** Whether it serves under its name. */
  public boolean serves() {
    return condition == Condition.READY;
  }

  /** Whether a component serves. */
  public enum Condition {
    /** It serves. */
    READY,
    /** It could serve; another one of the same kind and name comes first. */
    SHADOWED,
    /** Its configuration file is not accepted. */
    REFUSED,
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
