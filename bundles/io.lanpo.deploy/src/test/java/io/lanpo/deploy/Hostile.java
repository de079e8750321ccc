package io.lanpo.deploy;

import io.lanpo.api.component.Setting;
import io.lanpo.api.component.Settings;
import io.lanpo.api.task.Task;
import io.lanpo.api.task.TaskSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Classes as nobody should write them, each of which is put into a bundle alone. */
final class Hostile {
  private Hostile() {}

  /** Throws an error. */
  public static final class Erring implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      throw new NoClassDefFoundError("com/example/Gone");
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** Calls itself until the stack is full. */
  public static final class Deep implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      deeper(1);
    }

    private static int deeper(int depth) {
      return depth == 0 ? 0 : deeper(depth + 1) + 1;
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** Throws while its class is initialised. */
  public static final class BadStatic implements BundleActivator {
    static final int LENGTH = Integer.parseInt("many");

    @Override
    public void start(BundleContext context) {}

    @Override
    public void stop(BundleContext context) {}
  }

  /** Does not return while its class is initialised. */
  public static final class EndlessStatic implements BundleActivator {
    static {
      BundleContext context = FrameworkUtil.getBundle(EndlessStatic.class).getBundleContext();
      CountDownLatch end = context.getService(context.getServiceReference(CountDownLatch.class));
      while (end.getCount() > 0) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void start(BundleContext context) {}

    @Override
    public void stop(BundleContext context) {}
  }

  /** Ends the process. */
  public static final class Exiting implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      System.exit(0);
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** Ends the process in another way. */
  public static final class RuntimeExiting implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      Runtime.getRuntime().exit(0);
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** Ends the process without its shutdown hooks. */
  public static final class Halting implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      Runtime.getRuntime().halt(0);
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** Ends the process through a reference to the method. */
  public static final class Referring implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      IntConsumer end = System::exit;
      end.accept(0);
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** Ends the process through a reference to a method of an object. */
  public static final class HaltReferring implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      IntConsumer end = Runtime.getRuntime()::halt;
      end.accept(0);
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** Leaves a thread that keeps a process alive. */
  public static final class Threading implements BundleActivator {
    @Override
    public void start(BundleContext context) {
      CountDownLatch end = context.getService(context.getServiceReference(CountDownLatch.class));
      Runnable wait =
          () -> {
            while (end.getCount() > 0) {
              Thread.onSpinWait();
            }
          };
      Thread thread = new Thread(wait);
      thread.setDaemon(false);
      thread.start();
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** Starts, and does not return when it is stopped. */
  public static final class Unstoppable implements BundleActivator {
    @Override
    public void start(BundleContext context) {}

    @Override
    public void stop(BundleContext context) {
      CountDownLatch end = context.getService(context.getServiceReference(CountDownLatch.class));
      while (end.getCount() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** Throws when it is stopped. */
  public static final class BadStop implements BundleActivator {
    @Override
    public void start(BundleContext context) {}

    @Override
    public void stop(BundleContext context) {
      throw new IllegalStateException("not now");
    }
  }

  /** Is no activator. */
  public static final class Innocent {}

  /** A component that ends the process when it is made. */
  public static final class ExitingWords implements TaskSource {
    public ExitingWords() {
      System.exit(0);
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

  /** A component that is activated for ever. */
  public static final class EndlessActivate implements TaskSource {
    public void activate() {
      BundleContext context = FrameworkUtil.getBundle(EndlessActivate.class).getBundleContext();
      CountDownLatch end = context.getService(context.getServiceReference(CountDownLatch.class));
      while (end.getCount() > 0) {
        Thread.onSpinWait();
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

  /** A component that cannot be activated. */
  public static final class FailingActivate implements TaskSource {
    public void activate() {
      throw new IllegalStateException("the dictionary is empty");
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

  /** A component the static part of which cannot be made. */
  public static final class StaticWords implements TaskSource {
    static final int LENGTH = Integer.parseInt("several");

    @Override
    public List<Setting<?>> settings() {
      return List.of();
    }

    @Override
    public Task open(Settings settings, long seed) {
      throw new UnsupportedOperationException();
    }
  }
}
