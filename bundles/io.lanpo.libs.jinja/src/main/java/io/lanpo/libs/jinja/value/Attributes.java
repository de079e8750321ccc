package io.lanpo.libs.jinja.value;

import org.jspecify.annotations.Nullable;

/** A value that is no dictionary and has attributes: {@code loop}, a namespace. */
public interface Attributes {
  /** The attribute of a name; null when it is undefined. */
  @Nullable Object attribute(String name);
}
