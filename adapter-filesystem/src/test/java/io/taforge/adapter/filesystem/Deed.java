package io.taforge.adapter.filesystem;

import java.util.Map;

/**
 * Something that is done to a store, and may fail on the way.
 *
 * @param name of it
 * @param setup what is there before
 * @param call what is done; it tells what came of it
 * @param answer what comes of it when nothing fails
 * @param after what is there then, as far as it is different from before
 * @param between what samples may be, too, when it has failed half-way
 * @param isDurable whether all of it must be on the disk when it has succeeded
 */
record Deed(
    String name,
    Setup setup,
    Call call,
    String answer,
    Map<String, String> after,
    String between,
    boolean isDurable) {

  /** Makes what is there before. */
  @FunctionalInterface
  interface Setup {
    void in(FaultWorld world) throws Exception;
  }

  /** Does it. */
  @FunctionalInterface
  interface Call {
    String in(FaultWorld world) throws Exception;
  }

  /** Something that only looks, at old versions of a and b. */
  static Deed looking(String name, String answer, Call call) {
    return new Deed(name, world -> world.fill("a", "b"), call, answer, Map.of(), "", false);
  }

  /** Something that changes what is there: old versions of a and b. */
  static Deed changing(String name, String answer, Map<String, String> after, Call call) {
    return new Deed(name, world -> world.fill("a", "b"), call, answer, after, "", true);
  }

  /** The same with something else before. */
  Deed after(Setup other) {
    return new Deed(name, other, call, answer, after, between, isDurable);
  }

  /** The same, which is not done in one step. */
  Deed with(String state) {
    return new Deed(name, setup, call, answer, after, state, isDurable);
  }

  /** The same, of which nothing need be on the disk. */
  Deed notDurable() {
    return new Deed(name, setup, call, answer, after, between, false);
  }
}
