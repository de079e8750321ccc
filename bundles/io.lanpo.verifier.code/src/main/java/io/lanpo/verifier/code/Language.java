package io.lanpo.verifier.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A programming language.
 *
 * @param name the name in configurations
 * @param fences words behind the opening of a fenced block that mark this language
 * @param command what runs a program that is the last argument; the first word is the interpreter
 * @param prologue what stands before every program, on its first line
 * @param calls whether tests may be code that calls the program; otherwise they are exchanges
 */
record Language(
    String name, List<String> fences, List<String> command, String prologue, boolean calls) {
  private static final List<Language> KNOWN =
      List.of(
          new Language(
              "python",
              List.of("python", "python3", "py", "py3", "python-3", "pypy", "pypy3", "cpython"),
              List.of(
                  "/usr/bin/python3",
                  "-s",
                  "-S",
                  "-B",
                  "-c",
                  "import sys;exec(sys.argv.pop(1))",
                  PythonSource.of(List.of("launch"))),
              "",
              true),
          new Language("perl", List.of("perl", "pl"), List.of("/usr/bin/perl", "-e"), "", false),
          new Language("sh", List.of("sh", "shell", "bash"), List.of("/bin/sh", "-c"), "", false),
          new Language(
              "javascript",
              List.of("javascript", "js", "node"),
              List.of("/usr/bin/node", "-e"),
              // there is no /dev/stdin, by which programs read their input
              "{const f=require('fs'),r=f.readFileSync;"
                  + "f.readFileSync=(n,...o)=>r(n==='/dev/stdin'?0:n,...o)}",
              false));

  Language {
    fences = List.copyOf(fences);
    command = List.copyOf(command);
  }

  /** Whether a block's mark is one of this language, also as {@code python#}. */
  boolean isMarkedBy(String mark) {
    return fences.contains(mark) || fences.contains(mark.replaceFirst("[-+#]+$", ""));
  }

  /** The language of that name. */
  static Optional<Language> of(String name) {
    return KNOWN.stream().filter(language -> language.name.equals(name)).findFirst();
  }

  /** The names of all languages. */
  static List<String> names() {
    return KNOWN.stream().map(Language::name).toList();
  }

  /** The same language with another interpreter. */
  Language with(String interpreter) {
    List<String> changed = new ArrayList<>(command);
    changed.set(0, interpreter);
    return new Language(name, fences, changed, prologue, calls);
  }
}
