package io.taforge.artifact;

/**
 * A text that somebody else has written, made fit for one line of a message, so that it neither
 * looks like two lines of a log nor controls a terminal. What cannot be shown is a Unicode escape.
 */
public final class Quoted {
  private static final int LONGEST = 120;

  private Quoted() {}

  /**
   * A value that may be anything at all, in quotes: with everything that is not printable as a
   * Unicode escape, and cut short.
   */
  public static String quoted(String text) {
    StringBuilder line = new StringBuilder("'");
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            point -> {
              if (isPrintable(point)) {
                line.appendCodePoint(point);
              } else {
                append(line, point);
              }
            });
    int points = text.codePointCount(0, text.length());
    return points > LONGEST
        ? line.append("…' (").append(points).append(" characters)").toString()
        : line.append('\'').toString();
  }

  /**
   * A whole sentence, such as one of a server's, as one line: white space of any kind is a space,
   * and other control characters are Unicode escapes. What a file name may hold stays.
   */
  public static String line(String text) {
    if (text.codePoints().noneMatch(Quoted::endsLineOrControls)) {
      return text;
    }
    StringBuilder line = new StringBuilder();
    text.replaceAll("\\R", " ")
        .codePoints()
        .forEach(
            point -> {
              if (point == '\t') {
                line.append(' ');
              } else if (endsLineOrControls(point)) {
                append(line, point);
              } else {
                line.appendCodePoint(point);
              }
            });
    return line.toString();
  }

  private static void append(StringBuilder line, int point) {
    line.append(String.format("\\u%04X", point));
  }

  private static boolean isPrintable(int point) {
    return !endsLineOrControls(point)
        && switch (Character.getType(point)) {
          case Character.FORMAT, Character.UNASSIGNED -> false;
          default -> true;
        };
  }

  private static boolean endsLineOrControls(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
