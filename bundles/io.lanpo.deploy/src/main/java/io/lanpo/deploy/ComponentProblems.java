package io.lanpo.deploy;

import io.lanpo.api.component.ComponentFile;
import io.lanpo.api.component.ComponentOptions;
import io.lanpo.api.component.ComponentState.Condition;
import io.lanpo.api.component.UserException;
import io.lanpo.deploy.guard.FailureText;
import io.lanpo.deploy.guard.Refusal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * Finds out whether a registered component works: its configuration file says only what the
 * component declares, and its constructor takes it.
 */
final class ComponentProblems {
  private static final String USER = UserException.class.getName();

  private final DeclaredOptions options;
  private final Diagnosis diagnosis;
  private final Trial trial;

  /**
   * Components that are being made further up: a constructor that looks for others would otherwise
   * have itself made again, without end.
   */
  private final ThreadLocal<Set<Object>> beingMade = ThreadLocal.withInitial(Set::of);

  /** What came of making a component, by the identity of its service. */
  private final Map<Object, Optional<Problem>> tried = new ConcurrentHashMap<>();

  ComponentProblems(DeclaredOptions options, Diagnosis diagnosis, Trial trial) {
    this.options = options;
    this.diagnosis = diagnosis;
    this.trial = trial;
  }

  /**
   * Why a component does not serve.
   *
   * @param condition refused for what is wrong with a file, failed for what is wrong with code
   * @param causes from the outermost to the root
   * @param nextStep what the user can do about it
   */
  record Problem(Condition condition, List<String> causes, String nextStep) {
    String inOneLine() {
      return String.join(": ", causes);
    }
  }

  /**
   * What keeps a component from working; one that has a configuration file, or comes from a
   * deployed bundle, is made once to see it, with a limit on time.
   */
  Optional<Problem> of(ServiceReference<?> component, Bundle bundle) {
    boolean configured = component.getProperty(ConfigurationFiles.FILE_NAME) != null;
    if (!configured && !DeployedFile.holds(bundle)) {
      return failure(component);
    }
    Optional<Problem> refused = configured ? refused(component, bundle) : Optional.empty();
    if (refused.isPresent()) {
      return refused;
    }
    Object id = component.getProperty(Constants.SERVICE_ID);
    Optional<Problem> known = tried.get(id);
    Set<Object> above = beingMade.get();
    if (known == null && !above.contains(id)) {
      Set<Object> now = new HashSet<>(above);
      now.add(id);
      try {
        trial.prove(component, () -> beingMade.set(now));
        tried.put(id, Optional.empty());
      } catch (Refusal e) {
        known = Optional.of(new Problem(Condition.FAILED, List.of(e.reason()), e.nextStep()));
        if (e.kind() == Refusal.Kind.HANGS) {
          // a thread is still in its constructor: nobody else shall get there
          tried.put(id, known);
        }
      }
    }
    return known != null && known.isPresent() ? known : failure(component);
  }

  private Optional<Problem> refused(ServiceReference<?> component, Bundle bundle) {
    Optional<ComponentFile> declared = options.of(bundle, pid(component));
    try {
      declared.ifPresent(file -> new ComponentOptions(properties(component)).check(file));
      return Optional.empty();
    } catch (UserException e) {
      return Optional.of(
          new Problem(Condition.REFUSED, List.of(String.valueOf(e.getMessage())), e.nextStep()));
    }
  }

  /** What its constructor threw when it was last made; a user's exception blames the file. */
  private Optional<Problem> failure(ServiceReference<?> component) {
    return diagnosis.failure(component).map(ComponentProblems::problem);
  }

  private static Problem problem(String trace) {
    List<String> causes = FailureText.causes(trace);
    return trace.contains(USER)
        ? new Problem(Condition.REFUSED, causes, "Fix the file.")
        : new Problem(
            Condition.FAILED,
            causes,
            "Fix its configuration file or its constructor; the log has the whole trace.");
  }

  /** The PID of its configuration, without an instance. */
  static String pid(ServiceReference<?> component) {
    return String.valueOf(component.getProperty(Constants.SERVICE_PID)).replaceFirst("~.*", "");
  }

  private static Map<String, Object> properties(ServiceReference<?> component) {
    Map<String, Object> all = new HashMap<>();
    for (String key : component.getPropertyKeys()) {
      all.put(key, component.getProperty(key));
    }
    return all;
  }
}
