package io.taforge.artifact;

/** A hostile text, made fit for one line of a message: escaped where it must be, and cut short. */
final class Quoted {
  private static final int LONGEST = 120;

  private Quoted() {}

  /** The text in quotes, with everything that is not printable as a Unicode escape. */
  static String quoted(String text) {
    StringBuilder line = new StringBuilder("'");
    text.codePoints()
        .limit(LONGEST)
        .forEach(
            point -> {
              if (isPrintable(point)) {
                line.appendCodePoint(point);
              } else {
                line.append(String.format("\\u%04X", point));
              }
            });
    int points = text.codePointCount(0, text.length());
    return points > LONGEST
        ? line.append("…' (").append(points).append(" characters)").toString()
        : line.append('\'').toString();
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
