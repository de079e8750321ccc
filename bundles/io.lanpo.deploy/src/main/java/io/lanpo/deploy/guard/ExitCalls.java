package io.lanpo.deploy.guard;

import java.util.function.Predicate;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.osgi.framework.Bundle;
import org.osgi.framework.hooks.weaving.WeavingHook;
import org.osgi.framework.hooks.weaving.WovenClass;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no class of a bundle end the process, and with it runs that have nothing to do with it:
 * while such a class is loaded, its calls of {@code System.exit}, {@code Runtime.exit} and {@code
 * Runtime.halt} become calls that throw a {@link SecurityException}. The call and its replacement
 * take the same operands, so that nothing else in the class changes. Calls by reflection are left:
 * the launcher reports those.
 *
 * @param foreign the bundles that this is about
 */
public record ExitCalls(Predicate<Bundle> foreign) implements WeavingHook {
  private static final Logger LOG = LoggerFactory.getLogger(ExitCalls.class);
  private static final int API = Opcodes.ASM9;
  private static final String SYSTEM = "java/lang/System";
  private static final String RUNTIME = "java/lang/Runtime";
  private static final String OF_SYSTEM = "(I)V";
  private static final String OF_RUNTIME = "(Ljava/lang/Runtime;I)V";

  @Override
  public void weave(WovenClass woven) {
    if (!foreign.test(woven.getBundleWiring().getBundle())) {
      return;
    }
    try {
      ClassReader reader = new ClassReader(woven.getBytes());
      ClassWriter writer = new ClassWriter(reader, 0);
      Guarded guarded = new Guarded(writer);
      reader.accept(guarded, 0);
      if (guarded.found()) {
        woven.setBytes(writer.toByteArray());
      }
    } catch (RuntimeException e) {
      // the framework will say what is wrong with such a class
      LOG.info("{} cannot be looked into", woven.getClassName(), e);
    }
  }

  private static final class Guarded extends ClassVisitor {
    private String type = "";
    private boolean isInterface;
    private boolean system;
    private boolean runtime;

    Guarded(ClassVisitor next) {
      super(API, next);
    }

    boolean found() {
      return system || runtime;
    }

    @Override
    public void visit(
        int version, int access, String name, String signature, String parent, String... types) {
      type = name;
      isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
      super.visit(version, access, name, signature, parent, types);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String... exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(API, next) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String operands, boolean ofInterface) {
          String guard = guard(owner, called, operands);
          if (guard.isEmpty()) {
            super.visitMethodInsn(opcode, owner, called, operands, ofInterface);
          } else {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, type, guard, operands(owner), isInterface);
          }
        }

        @Override
        public void visitInvokeDynamicInsn(
            String called, String operands, Handle bootstrap, Object... arguments) {
          Object[] replaced = new Object[arguments.length];
          for (int i = 0; i < arguments.length; i++) {
            replaced[i] = arguments[i] instanceof Handle h ? guarded(h) : arguments[i];
          }
          super.visitInvokeDynamicInsn(called, operands, bootstrap, replaced);
        }
      };
    }

    /** A reference to a method, {@code System::exit}. */
    private Handle guarded(Handle handle) {
      String guard = guard(handle.getOwner(), handle.getName(), handle.getDesc());
      return guard.isEmpty()
          ? handle
          : new Handle(
              Opcodes.H_INVOKESTATIC, type, guard, operands(handle.getOwner()), isInterface);
    }

    /** The name of the method that takes the place of a call; empty for a call that may be made. */
    private String guard(String owner, String called, String operands) {
      boolean exit = called.equals("exit") && operands.equals(OF_SYSTEM);
      boolean halt = called.equals("halt") && operands.equals(OF_SYSTEM);
      if (owner.equals(SYSTEM) && exit) {
        system = true;
        return name(owner);
      }
      if (owner.equals(RUNTIME) && (exit || halt)) {
        runtime = true;
        return name(owner);
      }
      return "";
    }

    private static String operands(String owner) {
      return owner.equals(SYSTEM) ? OF_SYSTEM : OF_RUNTIME;
    }

    private static String name(String owner) {
      return owner.equals(SYSTEM) ? "lanpo$systemExit" : "lanpo$runtimeExit";
    }

    @Override
    public void visitEnd() {
      if (system) {
        refuse(name(SYSTEM), OF_SYSTEM, "System.exit");
      }
      if (runtime) {
        refuse(name(RUNTIME), OF_RUNTIME, "Runtime.exit or Runtime.halt");
      }
      super.visitEnd();
    }

    private void refuse(String name, String operands, String what) {
      MethodVisitor body =
          super.visitMethod(
              Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
              name,
              operands,
              null,
              (String[]) null);
      String exception = "java/lang/SecurityException";
      body.visitCode();
      body.visitTypeInsn(Opcodes.NEW, exception);
      body.visitInsn(Opcodes.DUP);
      body.visitLdcInsn(
          "%s calls %s, which would end the process and every run in it"
              .formatted(type.replace('/', '.'), what));
      body.visitMethodInsn(
          Opcodes.INVOKESPECIAL, exception, "<init>", "(Ljava/lang/String;)V", false);
      body.visitInsn(Opcodes.ATHROW);
      body.visitMaxs(3, operands.equals(OF_SYSTEM) ? 1 : 2);
      body.visitEnd();
    }
  }
}
