package io.lanpo.deploy;

import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** Classes as nobody should write them, each of which is put into a bundle alone. */
final class Hostile {
  private Hostile() {}

  /** Throws an error. */
  public static final class Erring extends Bundled.SilentActivator {
    @Override
    public void start(BundleContext context) {
      throw new NoClassDefFoundError("com/example/Gone");
    }
  }

  /** Calls itself until the stack is full. */
  public static final class Deep extends Bundled.SilentActivator {
    @Override
    public void start(BundleContext context) {
      deeper(1);
    }

    private static int deeper(int depth) {
      return depth == 0 ? 0 : deeper(depth + 1) + 1;
    }
  }

  /** Throws while its class is initialised. */
  public static final class BadStatic extends Bundled.SilentActivator {
    static final int LENGTH = Integer.parseInt("many");
  }

  /** Does not return while its class is initialised. */
  public static final class EndlessStatic extends Bundled.SilentActivator {
    static {
      BundleContext context = FrameworkUtil.getBundle(EndlessStatic.class).getBundleContext();
      CountDownLatch end = context.getService(context.getServiceReference(CountDownLatch.class));
      while (end.getCount() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** Ends the process. */
  public static final class Exiting extends Bundled.SilentActivator {
    @Override
    public void start(BundleContext context) {
      System.exit(0);
    }
  }

  /** Ends the process in another way. */
  public static final class RuntimeExiting extends Bundled.SilentActivator {
    @Override
    public void start(BundleContext context) {
      Runtime.getRuntime().exit(0);
    }
  }

  /** Ends the process without its shutdown hooks. */
  public static final class Halting extends Bundled.SilentActivator {
    @Override
    public void start(BundleContext context) {
      Runtime.getRuntime().halt(0);
    }
  }

  /** Ends the process through a reference to the method. */
  public static final class Referring extends Bundled.SilentActivator {
    @Override
    public void start(BundleContext context) {
      IntConsumer end = System::exit;
      end.accept(0);
    }
  }

  /** Ends the process through a reference to a method of an object. */
  public static final class HaltReferring extends Bundled.SilentActivator {
    @Override
    public void start(BundleContext context) {
      IntConsumer end = Runtime.getRuntime()::halt;
      end.accept(0);
    }
  }

  /** Leaves a thread that keeps a process alive. */
  public static final class Threading extends Bundled.SilentActivator {
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
  }

  /** Starts, and does not return when it is stopped. */
  public static final class Unstoppable extends Bundled.SilentActivator {
    @Override
    public void stop(BundleContext context) {
      CountDownLatch end = context.getService(context.getServiceReference(CountDownLatch.class));
      while (end.getCount() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** Throws when it is stopped. */
  public static final class BadStop extends Bundled.SilentActivator {
    @Override
    public void stop(BundleContext context) {
      throw new IllegalStateException("not now");
    }
  }

  /** Is no activator. */
  public static final class Innocent {}

  /** A component that ends the process when it is made. */
  public static final class ExitingWords extends Bundled.SilentWords {
    public ExitingWords() {
      System.exit(0);
    }
  }

  /** A component that is activated for ever. */
  public static final class EndlessActivate extends Bundled.SilentWords {
    public void activate() {
      BundleContext context = FrameworkUtil.getBundle(EndlessActivate.class).getBundleContext();
      CountDownLatch end = context.getService(context.getServiceReference(CountDownLatch.class));
      while (end.getCount() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  /** A component that cannot be activated. */
  public static final class FailingActivate extends Bundled.SilentWords {
    public void activate() {
      throw new IllegalStateException("the dictionary is empty");
    }
  }

  /** A component the static part of which cannot be made. */
  public static final class StaticWords extends Bundled.SilentWords {
    static final int LENGTH = Integer.parseInt("several");
  }
}
