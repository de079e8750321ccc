package io.lanpo.deploy.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes the messages out of a stack trace. */
public final class FailureText {
  private static final String CAUSE = "Caused by: ";

  /** Says that something went wrong around the cause, and nothing of its own. */
  private static final Set<String> WRAPPERS =
      Set.of(
          "java.lang.reflect.InvocationTargetException",
          "java.util.concurrent.ExecutionException",
          "java.lang.ExceptionInInitializerError",
          "org.osgi.framework.BundleException",
          "org.osgi.service.component.ComponentException");

  private FailureText() {}

  /** The messages from the outermost exception to the root, without those that add nothing. */
  public static List<String> causes(String trace) {
    List<String> all = new ArrayList<>();
    trace
        .lines()
        .filter(line -> all.isEmpty() || line.startsWith(CAUSE))
        .map(line -> line.startsWith(CAUSE) ? line.substring(CAUSE.length()) : line)
        .forEach(all::add);
    List<String> telling = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      String text = all.get(i);
      String type = text.replaceFirst(":.*", "");
      if (i < all.size() - 1 && WRAPPERS.contains(type)) {
        continue;
      }
      String message = shorten(text);
      if (telling.isEmpty() || !telling.get(telling.size() - 1).endsWith(message)) {
        telling.add(message);
      }
    }
    return telling.isEmpty() ? List.of("it failed without a word") : telling;
  }

  /** The causes of an exception. */
  public static List<String> causes(Throwable failure) {
    StringBuilder trace = new StringBuilder(failure.toString());
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      trace.append('\n').append(CAUSE).append(cause);
    }
    return causes(trace.toString());
  }

  /** A user's exception speaks for itself; of any other the type is part of the message. */
  private static String shorten(String text) {
    return text.replaceFirst("^io\\.lanpo\\.api\\.component\\.UserException: ", "")
        .replaceFirst("^(?:[\\w$]+\\.)+([\\w$]+)", "$1");
  }
}
