package io.taforge.benchmark.peer;

/** Greets and ends: what starting a JVM takes. */
public final class Greeting {
  private Greeting() {}

  /** Greets. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) {
    System.out.println("Hello");
  }
}
