package io.lanpo.policy.djl.train;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The C library's heap, in which tensors live. It keeps the memory of freed tensors for later ones;
 * when those have other sizes and belong to other threads, a process holds much unused memory.
 */
final class NativeHeap {
  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

  private NativeHeap() {}

  /** Gives unused memory back to the system, where this Java has the command for it. */
  static void trim() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(new ObjectName(COMMANDS), "systemTrimNativeHeap", new Object[0], new String[0]);
    } catch (JMException e) {
      // Another maker's or an older Java, or another C library: the process is larger, not wrong.
    }
  }
}
