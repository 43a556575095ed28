package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Reads XML as servers of S3 write nearly all of it: printable ASCII, elements that have nothing
 * but a name, and no entities but those that need no declaration. That takes a fraction of the time
 * of a parser of everything, to which all else is left.
 */
final class PlainCursor implements PageCursor {
  private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
  private static final String[] ENTITIES = {"&quot;", "&amp;", "&lt;", "&gt;", "&apos;"};
  private static final String MEANINGS = "\"&<>'";
  private static final int DEEPEST = 8;

  /** So many digits are a number that is not too large, whatever they are. */
  private static final int MOST_DIGITS = 18;

  private final byte[] page;
  private final int length;
  private final int[] starts = new int[DEEPEST];
  private final int[] ends = new int[DEEPEST];
  private final StringBuilder decoded = new StringBuilder();
  private int depth;
  private int position;
  private boolean isEmpty;

  /** Over the first bytes of these. */
  PlainCursor(byte[] page, int length) {
    this.page = page;
    this.length = length;
  }

  /** Something that only a parser of everything can read, or refuse. */
  static final class Unusual extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Unusual() {
      super("not as usual", null, false, false);
    }
  }

  @Override
  public void begin() {
    if (isNext(DECLARATION)) {
      position += DECLARATION.length();
    }
    skipSpace();
    require('<');
    open(true);
  }

  @Override
  public boolean isAtChild() {
    if (isAtEmptyEnd()) {
      return false;
    }
    skipSpace();
    require('<');
    if (current() == '/') {
      close();
      return false;
    }
    open(false);
    return true;
  }

  @Override
  public boolean isAt(String name) {
    int start = starts[depth - 1];
    return name.length() == ends[depth - 1] - start && isThere(name, start);
  }

  @Override
  public String text() {
    if (isAtEmptyEnd()) {
      return "";
    }
    int start = position;
    boolean isPlain = true;
    byte next = current();
    while (next != '<') {
      if (next < ' ' || next > '~' || next == '>') {
        throw new Unusual();
      }
      isPlain &= next != '&';
      position++;
      next = current();
    }
    int end = position++;
    close();
    return isPlain ? new String(page, start, end - start, US_ASCII) : decoded(start, end);
  }

  /** Without a text in between. */
  @Override
  public long number() {
    int start = position;
    long number = 0;
    while (!isEmpty && current() >= '0' && current() <= '9') {
      number = 10 * number + current() - '0';
      position++;
    }
    if (position == start || position - start > MOST_DIGITS || current() != '<') {
      position = start;
      return Long.parseLong(text());
    }
    position++;
    close();
    return number;
  }

  @Override
  public void skip() {
    int outside = depth - 1;
    while (depth > outside) {
      if (isAtEmptyEnd()) {
        continue;
      }
      byte next = current();
      while (next != '<') {
        if ((next < ' ' && !isSpace(next)) || next > '~' || next == '>' || next == '&') {
          throw new Unusual();
        }
        position++;
        next = current();
      }
      position++;
      if (current() == '/') {
        close();
      } else {
        open(false);
      }
    }
  }

  @Override
  public void end() {
    skipSpace();
    if (position < length) {
      throw new Unusual();
    }
  }

  /** Behind the first bracket. */
  private void open(boolean mayHaveNamespace) {
    if (depth == DEEPEST) {
      throw new Unusual();
    }
    starts[depth] = position;
    while (isLetter(current())) {
      position++;
    }
    ends[depth] = position;
    if (ends[depth] == starts[depth]) {
      throw new Unusual();
    }
    depth++;
    if (mayHaveNamespace && isNext(NAMESPACE)) {
      position += NAMESPACE.length();
    }
    isEmpty = current() == '/';
    if (isEmpty) {
      position++;
    }
    require('>');
  }

  /** Behind the first bracket. */
  private void close() {
    require('/');
    depth--;
    for (int i = starts[depth]; i < ends[depth]; i++) {
      require(page[i]);
    }
    require('>');
  }

  private boolean isAtEmptyEnd() {
    boolean isAtEnd = isEmpty;
    if (isAtEnd) {
      isEmpty = false;
      depth--;
    }
    return isAtEnd;
  }

  private String decoded(int start, int end) {
    decoded.setLength(0);
    for (int i = start; i < end; ) {
      if (page[i] == '&') {
        int entity = entity(i);
        decoded.append(MEANINGS.charAt(entity));
        i += ENTITIES[entity].length();
      } else {
        decoded.append((char) page[i++]);
      }
    }
    return decoded.toString();
  }

  private int entity(int start) {
    for (int i = 0; i < ENTITIES.length; i++) {
      if (isThere(ENTITIES[i], start)) {
        return i;
      }
    }
    throw new Unusual();
  }

  private byte current() {
    if (position >= length) {
      throw new Unusual();
    }
    return page[position];
  }

  private void require(int expected) {
    if (current() != expected) {
      throw new Unusual();
    }
    position++;
  }

  private boolean isNext(String text) {
    return isThere(text, position);
  }

  private boolean isThere(String text, int start) {
    if (start + text.length() > length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (page[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void skipSpace() {
    while (position < length && isSpace(page[position])) {
      position++;
    }
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }
}
