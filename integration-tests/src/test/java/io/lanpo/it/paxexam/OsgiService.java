package io.lanpo.it.paxexam;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field of a test class that gets a service of the framework, once there is one, or the {@code
 * BundleContext} of the tests.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface OsgiService {
  /**
   * An LDAP filter on the properties of the service, such as {@code (lanpo.name=micro)}; none by
   * default.
   */
  String filter() default "";

  /** How long to wait for the service, in milliseconds. */
  long timeoutMillis() default 300_000;
}
