package io.lanpo.api.component;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The name by which a run's configuration asks for a component: the service property {@link
 * Components#NAME}, {@code lanpo.name}.
 *
 * <pre>{@code
 * @Component(scope = ServiceScope.PROTOTYPE)
 * @LanpoName("my-critique")
 * public final class MyCritique implements ReflectionStrategy
 * }</pre>
 *
 * <p>A configuration of the component can give it another name.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface LanpoName {
  /** The name, in lower case with dashes. */
  String value();
}
