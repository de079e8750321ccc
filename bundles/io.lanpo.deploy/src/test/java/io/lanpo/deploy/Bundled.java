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
 * Classes that the tests put into bundles, each of them alone. What does not return waits for the
 * latch of {@link TestFramework}, so that the framework can end.
 */
final class Bundled {
  private Bundled() {}

  /** A component that takes every configuration but one. */
  public static final class Words implements TaskSource {
    public void activate(Map<String, Object> properties) {
      if ("bad".equals(properties.get("style"))) {
        throw new UserException("style = bad is not allowed", "Choose another.");
      }
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public Task open(Settings settings, long seed) {
      throw new UnsupportedOperationException();
    }
  }

  /** A component that cannot be made. */
  public static final class FailingWords implements TaskSource {
    public FailingWords() {
      throw new IllegalStateException("the dictionary is missing");
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public Task open(Settings settings, long seed) {
      throw new UnsupportedOperationException();
    }
  }

  /** A component whose constructor does not return. */
  public static final class EndlessWords implements TaskSource {
    public EndlessWords() throws InterruptedException {
      BundleContext context = FrameworkUtil.getBundle(EndlessWords.class).getBundleContext();
      context.getService(context.getServiceReference(CountDownLatch.class)).await();
    }

    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public Task open(Settings settings, long seed) {
      throw new UnsupportedOperationException();
    }
  }

  /** An activator that throws. */
  public static final class FailingActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      throw new IllegalStateException("no licence");
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** An activator that does not return, unless it is interrupted. */
  public static final class EndlessActivator implements BundleActivator {
    @Override
    public void start(BundleContext context) throws InterruptedException {
      context.getService(context.getServiceReference(CountDownLatch.class)).await();
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** An activator that does not return although it is interrupted. */
  public static final class StubbornActivator implements BundleActivator {
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

    @Override
    public void stop(BundleContext context) {}
  }
}
