package io.lanpo.runtime;

import sun.misc.Signal;

/**
 * Ctrl-C, unless a shell has a terminal to take it from. The first one ends the process in order:
 * the framework is stopped, so that a run can save its checkpoint. The second one ends it at once.
 */
final class Interrupts {
  /** What a shell reports for a process that ended by SIGINT. */
  static final int EXIT_CODE = 130;

  private final Ending ending;
  private boolean pressed;

  private Interrupts(Ending ending) {
    this.ending = ending;
  }

  static void handle(Ending ending) {
    Interrupts interrupts = new Interrupts(ending);
    try {
      Signal.handle(new Signal("INT"), signal -> interrupts.press());
    } catch (IllegalArgumentException e) {
      // the JVM keeps it for itself, as it does with the others
      return;
    }
  }

  private synchronized void press() {
    if (pressed) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
    pressed = true;
    System.err.println("lanpo: stopping at the next step; Ctrl-C again to stop at once");
    // not in the thread of the signal: it must be free for the second press
    new Thread(() -> ending.exit(EXIT_CODE), "lanpo-interrupt").start();
  }
}
