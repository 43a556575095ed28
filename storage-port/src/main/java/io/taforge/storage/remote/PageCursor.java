package io.taforge.storage.remote;

/**
 * Goes through a page in XML, element by element. What is not as it must be is an {@link
 * IllegalArgumentException}.
 */
interface PageCursor {
  /** Goes to the outermost element. */
  void begin();

  /** Goes on to the next element of the one that this is in; whether there is one. */
  boolean isAtChild();

  /** Whether the element that this is at the beginning of has this name. */
  boolean isAt(String name);

  /** What stands in that element, which has none within; goes on to its end. */
  String text();

  /**
   * The number that stands in that element; goes on to its end.
   *
   * @throws NumberFormatException if none does
   */
  default long number() {
    return Long.parseLong(text());
  }

  /** Goes on to the end of that element, whatever is in it. */
  void skip();

  /** Goes on to the end of the page, from that of the outermost element. */
  void end();
}
