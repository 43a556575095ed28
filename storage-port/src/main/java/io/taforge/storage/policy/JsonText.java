package io.taforge.storage.policy;

import static io.taforge.artifact.Quoted.quoted;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads JSON (RFC 8259): objects are maps, arrays lists, texts texts, and all else literals. */
final class JsonText {
  private static final int DEEPEST = 50;
  private static final Pattern SPACE = Pattern.compile("[ \\t\\r\\n]*");
  private static final Pattern STRING =
      Pattern.compile("\"((?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+)\"");
  private static final Pattern ESCAPED = Pattern.compile("\\\\(?:u(.{4})|(.))");
  private static final Pattern OTHER =
      Pattern.compile("true|false|null|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

  private final String text;
  private int at;

  /** A number, {@code true}, {@code false} or {@code null}, as it is written. */
  record Literal(String text) {}

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * The value in a text.
   *
   * @throws IllegalArgumentException if it is no JSON, or nested too deeply, or a name is in an
   *     object twice, of which readers take one or the other
   */
  static Object read(String text) {
    JsonText json = new JsonText(text);
    Object value = json.value(0);
    if (json.at < text.length()) {
      throw json.wrong();
    }
    return value;
  }

  private Object value(int depth) {
    if (depth > DEEPEST) {
      throw wrong();
    }
    skip(SPACE);
    Object value;
    if (isNext('{')) {
      value = object(depth);
    } else if (isNext('[')) {
      value = array(depth);
    } else if (at < text.length() && text.charAt(at) == '"') {
      value = string();
    } else {
      value = new Literal(next(OTHER).group());
    }
    skip(SPACE);
    return value;
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> entries = new LinkedHashMap<>();
    skip(SPACE);
    if (isNext('}')) {
      return entries;
    }
    do {
      skip(SPACE);
      String name = string();
      skip(SPACE);
      require(':');
      if (entries.put(name, value(depth + 1)) != null) {
        throw new IllegalArgumentException("The name " + quoted(name) + " is there twice");
      }
    } while (isNext(','));
    require('}');
    return entries;
  }

  private List<Object> array(int depth) {
    List<Object> values = new ArrayList<>();
    skip(SPACE);
    if (isNext(']')) {
      return values;
    }
    do {
      values.add(value(depth + 1));
    } while (isNext(','));
    require(']');
    return values;
  }

  private String string() {
    String raw = next(STRING).group(1);
    return ESCAPED.matcher(raw).replaceAll(each -> Matcher.quoteReplacement(unescaped(each)));
  }

  private static String unescaped(MatchResult escaped) {
    if (escaped.group(1) != null) {
      return String.valueOf((char) Integer.parseInt(escaped.group(1), 16));
    }
    return switch (escaped.group(2)) {
      case "b" -> "\b";
      case "f" -> "\f";
      case "n" -> "\n";
      case "r" -> "\r";
      case "t" -> "\t";
      default -> escaped.group(2);
    };
  }

  private boolean isNext(char wanted) {
    boolean isIt = at < text.length() && text.charAt(at) == wanted;
    if (isIt) {
      at++;
    }
    return isIt;
  }

  private void require(char wanted) {
    if (!isNext(wanted)) {
      throw wrong();
    }
  }

  private void skip(Pattern what) {
    next(what);
  }

  private Matcher next(Pattern what) {
    Matcher matcher = what.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw wrong();
    }
    at = matcher.end();
    return matcher;
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("No JSON, from character " + at + " on");
  }
}
