package io.lanpo.libs.jinja.value;

/** Python's {@code None}. Null is a variable that is undefined, which is another thing in Jinja. */
public enum None {
  NONE;

  @Override
  public String toString() {
    return "None";
  }
}
