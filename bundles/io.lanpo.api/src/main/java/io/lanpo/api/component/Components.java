package io.lanpo.api.component;

/** Names of the service properties by which components are found. */
public final class Components {
  /** Service property: the name by which a run's configuration asks for a component. */
  public static final String NAME = "lanpo.name";

  private Components() {}
}
