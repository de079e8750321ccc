package io.lanpo.libs.jinja.parse;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The variables that a template reads, told while it is read from top to bottom: those that it has
 * not set at that place are what it is to be given.
 */
final class Names {
  private final Set<String> free = new TreeSet<>();
  private final Deque<Scope> scopes = new ArrayDeque<>();

  /**
   * A template, a loop or a macro.
   *
   * @param set the names that have a value by now
   * @param read the names that were read in it
   */
  private record Scope(Set<String> set, Set<String> read) {}

  Names() {
    scopes.push(new Scope(new HashSet<>(), new HashSet<>()));
  }

  /** The names that were read and had no value. */
  Set<String> free() {
    return free;
  }

  void read(String name) {
    scopes.element().read().add(name);
    if (scopes.stream().noneMatch(scope -> scope.set().contains(name))) {
      free.add(name);
    }
  }

  /** From here on, to the end of the scope, a name has a value. */
  void set(String name) {
    scopes.element().set().add(name);
  }

  /** Begins a scope; {@link #leave} ends it. */
  void enter(Collection<String> names) {
    scopes.push(new Scope(new HashSet<>(names), new HashSet<>()));
  }

  /** How many scopes have begun and not ended. */
  int depth() {
    return scopes.size();
  }

  /** The names that were read in the scope that ends. */
  Set<String> leave() {
    Set<String> read = scopes.pop().read();
    scopes.element().read().addAll(read);
    return read;
  }

  /** The names that have got a value in this scope. */
  Set<String> mark() {
    return Set.copyOf(scopes.element().set());
  }

  /** Goes back to where these names had one: what was set since was set in a branch. */
  void back(Set<String> mark) {
    scopes.element().set().retainAll(mark);
    scopes.element().set().addAll(mark);
  }
}
