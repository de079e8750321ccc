package io.lanpo.it.paxexam;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The same test instance inside the framework: an object of the class of the same name, loaded by
 * the probe. JUnit knows the outer instance; its methods run on this one.
 */
final class Twin {
  private final Object instance;

  private Twin(Object instance) {
    this.instance = instance;
  }

  /**
   * Fields with {@link OsgiService} get services; others what JUnit put into the outer instance
   * (temporary folders).
   */
  static Twin of(Object outer, Bundle probe)
      throws ReflectiveOperationException, InterruptedException {
    Class<?> type = probe.loadClass(outer.getClass().getName());
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object instance = constructor.newInstance();
    Class<?> inner = type;
    for (Class<?> k = outer.getClass(); k != Object.class; k = k.getSuperclass()) {
      for (Field field : k.getDeclaredFields()) {
        Field target = inner.getDeclaredField(field.getName());
        target.setAccessible(true);
        OsgiService service = field.getAnnotation(OsgiService.class);
        if (service != null) {
          target.set(instance, service(target.getType(), service, probe.getBundleContext()));
        } else if (!Modifier.isStatic(field.getModifiers())
            && !Modifier.isFinal(field.getModifiers())
            && field.getType() == target.getType()) {
          field.setAccessible(true);
          target.set(instance, field.get(outer));
        }
      }
      inner = inner.getSuperclass();
    }
    return new Twin(instance);
  }

  private static Object service(Class<?> type, OsgiService wanted, BundleContext context)
      throws InterruptedException {
    if (type == BundleContext.class) {
      return context;
    }
    String filter = "(&(objectClass=" + type.getName() + ")" + wanted.filter() + ")";
    ServiceTracker<Object, Object> tracker;
    try {
      tracker = new ServiceTracker<>(context, context.createFilter(filter), null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalArgumentException("not an LDAP filter: " + wanted.filter(), e);
    }
    tracker.open();
    Object service = tracker.waitForService(wanted.timeoutMillis());
    if (service == null) {
      throw new AssertionError(
          "no service " + filter + " within " + wanted.timeoutMillis() + " ms");
    }
    return service;
  }

  /** Runs the method of the same signature here, with the class loader of the probe as context. */
  void invoke(Method outer, List<Object> arguments) throws Throwable {
    Method method = method(outer);
    method.setAccessible(true);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(instance.getClass().getClassLoader());
    try {
      method.invoke(instance, arguments.toArray());
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Method method(Method outer) throws NoSuchMethodException {
    List<String> parameters = names(outer);
    for (Class<?> k = instance.getClass(); k != Object.class; k = k.getSuperclass()) {
      if (k.getName().equals(outer.getDeclaringClass().getName())) {
        for (Method candidate : k.getDeclaredMethods()) {
          if (candidate.getName().equals(outer.getName()) && names(candidate).equals(parameters)) {
            return candidate;
          }
        }
      }
    }
    throw new NoSuchMethodException(outer.toString());
  }

  private static List<String> names(Method method) {
    return Arrays.stream(method.getParameterTypes()).map(Class::getName).toList();
  }
}
