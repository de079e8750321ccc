package io.lanpo.deploy;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.component.UserException;
import io.lanpo.api.task.Task;
import io.lanpo.api.task.TaskSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/**
 * Classes that the tests put into bundles, each of them alone but for what it extends. What does
 * not return waits for the latch of {@link TestFramework}, so that the framework can end.
 */
final class Bundled {
  private Bundled() {}

  /** A component that nobody asks for anything. */
  public abstract static class SilentWords implements TaskSource {
    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public Task open(Settings settings, long seed) {
      throw new UnsupportedOperationException();
    }
  }

  /** An activator that does nothing. */
  public abstract static class SilentActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) throws Exception {}

    @Override
    public void stop(BundleContext context) throws Exception {}
  }

  /** A component that takes every configuration but one. */
  public static final class Words extends SilentWords {
    public void activate(Map<String, Object> properties) {
      if ("bad".equals(properties.get("style"))) {
        throw new UserException("style = bad is not allowed", "Choose another.");
      }
    }
  }

  /** A component that cannot be made. */
  public static final class FailingWords extends SilentWords {
    public FailingWords() {
      throw new IllegalStateException("the dictionary is missing");
    }
  }

  /** A component whose constructor does not return. */
  public static final class EndlessWords extends SilentWords {
    public EndlessWords() throws InterruptedException {
      BundleContext context = FrameworkUtil.getBundle(EndlessWords.class).getBundleContext();
      context.getService(context.getServiceReference(CountDownLatch.class)).await();
    }
  }

  /** An activator that throws. */
  public static final class FailingActivator extends SilentActivator {
    @Override
    public void start(BundleContext context) {
      throw new IllegalStateException("no licence");
    }
  }

  /** An activator that does not return, unless it is interrupted. */
  public static final class EndlessActivator extends SilentActivator {
    @Override
    public void start(BundleContext context) throws InterruptedException {
      context.getService(context.getServiceReference(CountDownLatch.class)).await();
    }
  }

  /** An activator that does not return although it is interrupted. */
  public static final class StubbornActivator extends SilentActivator {
    @Override
    public void start(BundleContext context) {
      CountDownLatch end = context.getService(context.getServiceReference(CountDownLatch.class));
      while (end.getCount() > 0) {
        try {
          end.await();
        } catch (InterruptedException e) {
          // as code may be that was written by others
          continue;
        }
      }
    }
  }
}
