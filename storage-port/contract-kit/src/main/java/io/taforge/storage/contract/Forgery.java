package io.taforge.storage.contract;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What somebody has made of a link, hoping that nobody notices.
 *
 * @param deed what was done to it, without the link
 * @param uri the forged link
 */
record Forgery(String deed, URI uri) {
  private static final Pattern SIGNATURE =
      Pattern.compile("(?i)(?<=[?&])[\\w-]*(?:signature|sig)=([^&]+)");
  private static final Pattern EXPIRY =
      Pattern.compile("(?i)(?<=[?&])[\\w-]*expir\\w*=(\\d{1,12})(?=&|$)");
  private static final int LATER = 1000;
  private static final int SAMPLES = 24;

  /** The signature of a link. */
  static String signature(URI link) {
    return find(SIGNATURE, link).group(1);
  }

  /** With another signature, or the same for longer: a server that takes one of these takes all. */
  static List<Forgery> worthless(URI link) {
    Matcher signature = find(SIGNATURE, link);
    String was = signature.group(1);
    Stream<Forgery> flipped =
        IntStream.of(0, 1, was.length() / 2, was.length() - 2, was.length() - 1)
            .mapToObj(i -> flipped(link, signature.start(1) + i, "the signature"));
    Stream<Forgery> replaced =
        Stream.of("", "0".repeat(was.length()), was.substring(1), was + "0")
            .map(other -> new Forgery("another signature", replaced(link, signature, other)));
    return Stream.of(flipped, replaced, later(link)).flatMap(each -> each).toList();
  }

  private static Stream<Forgery> later(URI link) {
    Matcher expiry = EXPIRY.matcher(link.toString());
    if (!expiry.find()) {
      return Stream.empty();
    }
    String time = String.valueOf(Long.parseLong(expiry.group(1)) + LATER);
    return Stream.of(new Forgery("a later expiry", replaced(link, expiry, time)));
  }

  /** With one character of the query flipped, here and there. */
  static List<Forgery> anywhere(URI link) {
    int begin = link.toString().indexOf('?') + 1;
    int length = link.toString().length() - begin;
    return IntStream.range(0, SAMPLES)
        .map(i -> begin + i * length / SAMPLES)
        .mapToObj(i -> flipped(link, i, "the query"))
        .toList();
  }

  /** Without one parameter of the query, and without all of them. */
  static List<Forgery> withoutParameters(URI link) {
    List<String> parameters = Arrays.asList(link.getRawQuery().split("&"));
    List<Forgery> forgeries = new ArrayList<>();
    forgeries.add(new Forgery("no query", withQuery(link, "")));
    for (String left : parameters) {
      String others =
          parameters.stream().filter(each -> !each.equals(left)).collect(Collectors.joining("&"));
      String name = left.replaceAll("=.*", "");
      forgeries.add(new Forgery("no " + name, withQuery(link, "?" + others)));
    }
    return forgeries;
  }

  /** The link with the path of another one. */
  static URI withPathOf(URI other, URI link) {
    return URI.create(
        link.getScheme()
            + "://"
            + link.getRawAuthority()
            + other.getRawPath()
            + "?"
            + link.getRawQuery());
  }

  private static URI withQuery(URI link, String query) {
    return URI.create(link.toString().replaceAll("\\?.*", "") + query);
  }

  private static Forgery flipped(URI link, int position, String part) {
    StringBuilder text = new StringBuilder(link.toString());
    text.setCharAt(position, other(text.charAt(position)));
    int place = position - link.toString().indexOf('?');
    return new Forgery(
        "another character " + place + " of the query, in " + part, URI.create(text.toString()));
  }

  /** A character that stands where the other can, be it a hexadecimal digit of an encoded byte. */
  private static char other(char c) {
    return switch (c) {
      case '9' -> '0';
      case 'f', 'z' -> 'a';
      case 'F', 'Z' -> 'A';
      default -> Character.isLetterOrDigit(c) ? (char) (c + 1) : '0';
    };
  }

  private static URI replaced(URI link, Matcher found, String with) {
    String text = link.toString();
    return URI.create(text.substring(0, found.start(1)) + with + text.substring(found.end(1)));
  }

  private static Matcher find(Pattern pattern, URI link) {
    Matcher matcher = pattern.matcher(link.toString());
    if (!matcher.find()) {
      throw new AssertionError("No parameter of the link is its signature by its name");
    }
    return matcher;
  }
}
