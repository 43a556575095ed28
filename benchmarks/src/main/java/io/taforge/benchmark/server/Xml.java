package io.taforge.benchmark.server;

import java.util.ArrayList;
import java.util.List;

/** As much of XML as requests and answers of S3 take. */
final class Xml {
  private Xml() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** What stands in all elements of this name; nothing of S3's has one inside another. */
  static List<String> all(String text, String element) {
    List<String> found = new ArrayList<>();
    String open = "<" + element + ">";
    int start = text.indexOf(open);
    while (start >= 0) {
      int end = text.indexOf("</", start);
      found.add(plain(text.substring(start + open.length(), end)));
      start = text.indexOf(open, end);
    }
    return found;
  }

  private static String plain(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
  }
}
