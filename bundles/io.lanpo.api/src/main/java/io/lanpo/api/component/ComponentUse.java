package io.lanpo.api.component;

import org.osgi.annotation.versioning.ProviderType;

/** An instance of a component that is held; it stays the same until it is given back. */
@ProviderType
public interface ComponentUse<S> extends AutoCloseable {
  /** The instance. */
  S instance();

  /** The component as it was found. */
  ComponentState state();

  /** The {@code service.id} of the component, by which changes of it can be followed. */
  long serviceId();

  /** Whether the component has gone since: its bundle, its configuration or what it needs. */
  boolean lost();

  /** Gives the instance back. */
  @Override
  void close();
}
