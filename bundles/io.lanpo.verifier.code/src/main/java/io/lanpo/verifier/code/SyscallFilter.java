package io.lanpo.verifier.code;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A seccomp filter for what namespaces do not cover: looking into another process, sockets of
 * families that know no network namespace (VSOCK), memory that no process's limit counts (System V
 * segments, memory files), and kernel interfaces that no program under test needs.
 *
 * <p>Programs of classic BPF, as seccomp(2) takes them: an instruction is 8 bytes, {@code code},
 * {@code jt}, {@code jf}, {@code k}. A filtered call fails with EPERM; a call by a foreign
 * convention (32 bits, x32), which would have other numbers, ends the process.
 */
final class SyscallFilter {
  private static final short LOAD = 0x20;
  private static final short JUMP_EQUAL = 0x15;
  private static final short JUMP_AT_LEAST = 0x35;
  private static final short RETURN = 0x06;

  private static final int KILL = 0x80000000;
  private static final int REFUSE = 0x00050001;
  private static final int ALLOW = 0x7fff0000;

  private static final int OFFSET_NUMBER = 0;
  private static final int OFFSET_ARCHITECTURE = 4;
  private static final int OFFSET_FIRST_ARGUMENT = 16;
  private static final int X32 = 0x40000000;

  /**
   * Numbers of the system calls.
   *
   * @param audit the kernel's name for the architecture
   * @param refused calls that fail
   * @param prlimit fails unless a process asks for itself: a limit can end another process
   */
  private record Table(int audit, List<Integer> refused, int prlimit) {}

  // ptrace, process_vm_readv, process_vm_writev, kcmp, shmget, shmat, msgget, semget, mq_open,
  // memfd_create, socket, bpf, userfaultfd, perf_event_open, keyctl, add_key, request_key, unshare,
  // setns, mount, pivot_root, chroot, personality, open_by_handle_at, name_to_handle_at
  private static final List<Integer> X86_64 =
      List.of(
          101, 310, 311, 312, 29, 30, 68, 64, 240, 319, 41, 321, 323, 298, 250, 248, 249, 272, 308,
          165, 155, 161, 135, 304, 303);
  private static final List<Integer> AARCH64 =
      List.of(
          117, 270, 271, 272, 194, 196, 186, 190, 180, 279, 198, 280, 282, 241, 219, 217, 218, 97,
          268, 40, 41, 51, 92, 265, 264);

  // the same number everywhere: pidfd_getfd, io_uring_setup, io_uring_enter, io_uring_register,
  // memfd_secret, open_tree, move_mount, fsopen, fsmount, mount_setattr
  private static final List<Integer> COMMON =
      List.of(438, 425, 426, 427, 447, 428, 429, 430, 432, 442);

  private SyscallFilter() {}

  /**
   * The filter.
   *
   * @param architecture as the system property {@code os.arch} names it
   * @return the program; empty for an architecture whose numbers are not known here
   */
  static Optional<byte[]> of(String architecture) {
    return switch (architecture) {
      case "amd64" -> Optional.of(assemble(new Table(0xC000003E, X86_64, 302), true));
      case "aarch64" -> Optional.of(assemble(new Table(0xC00000B7, AARCH64, 261), false));
      default -> Optional.empty();
    };
  }

  private static byte[] assemble(Table table, boolean x32) {
    Program program = new Program();
    program.add(LOAD, 0, 0, OFFSET_ARCHITECTURE);
    program.add(JUMP_EQUAL, 1, 0, table.audit());
    program.add(RETURN, 0, 0, KILL);
    program.add(LOAD, 0, 0, OFFSET_NUMBER);
    if (x32) {
      program.add(JUMP_AT_LEAST, 0, 1, X32);
      program.add(RETURN, 0, 0, KILL);
    }
    for (List<Integer> numbers : List.of(table.refused(), COMMON)) {
      for (int number : numbers) {
        program.add(JUMP_EQUAL, 0, 1, number);
        program.add(RETURN, 0, 0, REFUSE);
      }
    }
    program.add(JUMP_EQUAL, 0, 3, table.prlimit());
    program.add(LOAD, 0, 0, OFFSET_FIRST_ARGUMENT);
    program.add(JUMP_EQUAL, 1, 0, 0);
    program.add(RETURN, 0, 0, REFUSE);
    program.add(RETURN, 0, 0, ALLOW);
    return program.bytes();
  }

  private static final class Program {
    private static final int MOST = 4096;
    private final ByteBuffer code = ByteBuffer.allocate(MOST).order(ByteOrder.LITTLE_ENDIAN);

    void add(short operation, int whenTrue, int whenFalse, int operand) {
      code.putShort(operation).put((byte) whenTrue).put((byte) whenFalse).putInt(operand);
    }

    byte[] bytes() {
      byte[] bytes = new byte[code.position()];
      code.flip().get(bytes);
      return bytes;
    }
  }
}
