package io.taforge.storage.link;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What all processes share that sign or serve links to one store; immutable.
 *
 * @param endpoint where a server has served the links last; empty if none has yet
 * @param keys the key to sign with first, and then those that have signed before and whose links
 *     still work; empty if nothing was ever signed
 */
public record LinkBook(Optional<URI> endpoint, List<LinkKey> keys) {
  private static final String TITLE = "taforge-links 1";
  private static final String ENDPOINT = "endpoint ";
  private static final Pattern KEY =
      Pattern.compile("key ([0-9a-f]{16}) ([0-9a-f]{64})(?: until (\\d{1,12}))?");

  /** Keeps a copy. */
  public LinkBook {
    keys = List.copyOf(keys);
  }

  /** Of a store that has no links yet. */
  public static LinkBook empty() {
    return new LinkBook(Optional.empty(), List.of());
  }

  /** The key to sign with; empty if there is none yet. */
  Optional<LinkKey> signingKey() {
    for (LinkKey key : keys) {
      if (key.validUntil().isEmpty()) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /** The key of this id, if links of it still work. */
  Optional<LinkKey> key(String id, Instant now) {
    return keys.stream().filter(key -> key.id().equals(id) && key.isValidAt(now)).findFirst();
  }

  /** With a key to sign with; this one if it has one already. */
  LinkBook withSigningKey() {
    return signingKey().isPresent() ? this : withKey(LinkKey.random(), keys);
  }

  /** With a new key to sign with; links of those before it work that much longer at the most. */
  LinkBook rotated(Instant now, Duration grace) {
    List<LinkKey> others =
        keys.stream()
            .map(key -> key.retired(now.plus(grace)))
            .filter(key -> key.isValidAt(now))
            .toList();
    return withKey(LinkKey.random(), others);
  }

  /** With links that are served there. */
  LinkBook at(URI place) {
    return new LinkBook(Optional.of(place), keys);
  }

  private LinkBook withKey(LinkKey first, List<LinkKey> others) {
    return new LinkBook(
        endpoint, Stream.concat(Stream.of(first), others.stream()).collect(Collectors.toList()));
  }

  /** As a text of a few lines, secrets included, which {@link #parse} reads. */
  public String format() {
    StringBuilder text = new StringBuilder(TITLE).append('\n');
    endpoint.ifPresent(place -> text.append(ENDPOINT).append(place).append('\n'));
    for (LinkKey key : keys) {
      text.append("key ").append(key.id()).append(' ').append(key.hexSecret());
      key.validUntil().ifPresent(end -> text.append(" until ").append(end.getEpochSecond()));
      text.append('\n');
    }
    return text.toString();
  }

  /**
   * Reads what {@link #format} has made.
   *
   * @throws IllegalArgumentException if it has not made this; the text is not told
   */
  public static LinkBook parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(TITLE) || !text.endsWith("\n")) {
      throw new IllegalArgumentException("It does not begin with '" + TITLE + "', or is cut");
    }
    Optional<URI> endpoint = Optional.empty();
    List<LinkKey> keys = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher key = KEY.matcher(line);
      if (key.matches()) {
        Optional<Instant> end =
            Optional.ofNullable(key.group(3))
                .map(each -> Instant.ofEpochSecond(Long.parseLong(each)));
        keys.add(LinkKey.of(key.group(1), key.group(2), end));
      } else if (line.startsWith(ENDPOINT) && endpoint.isEmpty()) {
        endpoint =
            Optional.of(LinkAuthority.checked(URI.create(line.substring(ENDPOINT.length()))));
      } else {
        throw new IllegalArgumentException(
            "Line " + (i + 1) + " is neither a key nor the endpoint");
      }
    }
    return new LinkBook(endpoint, keys);
  }
}
