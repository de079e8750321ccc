package io.lanpo.it.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Every top-level class with its inner classes is a slice. */
enum TopLevelClasses implements SliceAssignment {
  EACH;

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
    return SliceIdentifier.of(javaClass.getName().replaceFirst("\\$.*", ""));
  }

  @Override
  public String getDescription() {
    return "top-level classes";
  }
}
