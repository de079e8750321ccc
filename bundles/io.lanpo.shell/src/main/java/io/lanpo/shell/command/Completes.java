package io.lanpo.shell.command;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What Tab offers for an argument or for the value of an option. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Completes {
  /** What is there when Tab is pressed. */
  Values value() default Values.WORD;

  /** The enumeration whose words are offered; for {@link Values#WORD}. */
  Class<? extends Enum<?>> words() default Values.class;

  /** Kinds of values. */
  enum Values {
    /** A word of an enumeration. */
    WORD,
    /** A run configuration. */
    CONFIGURATION,
    /** The id of a run. */
    RUN,
    /** A checkpoint of the run that the line names. */
    CHECKPOINT,
    /** A setting of the run or configuration that the line names, {@code key=value}. */
    SETTING,
    /** A setting that may be changed of a run that goes on. */
    LENGTH_SETTING,
    /** A setting of a pool. */
    POOL_SETTING,
    /** A setting of the benchmark that the line names. */
    BENCHMARK_SETTING,
    /** A pool that runs share, or a folder. */
    POOL,
    /** A pool that runs share, the id of a run, or a folder. */
    POOL_OR_RUN,
    EXPERIMENT,
    BENCHMARK,
    VERIFIER,
    FILTER,
    /** The name of a component of any kind. */
    COMPONENT,
    /** A bundle of this checkout, a folder, or a jar. */
    BUNDLE,
    COMMAND,
    FILE,
    /** A folder, or a GGUF file. */
    MODEL
  }
}
