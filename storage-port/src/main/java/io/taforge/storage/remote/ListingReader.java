package io.taforge.storage.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.storage.VersionToken;
import io.taforge.storage.remote.ObjectServer.Entry;
import io.taforge.storage.remote.ObjectServer.Listing;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of a listing as servers of S3 write it, of which SDKs make ten times as many objects
 * as anybody needs. What no such server leaves out must be there.
 */
public final class ListingReader {
  private final PageCursor xml;
  private final List<Entry> entries = new ArrayList<>(1000);
  private final List<String> folders = new ArrayList<>();
  private @Nullable String isTruncated;
  private boolean isEncoded;

  private ListingReader(PageCursor xml) {
    this.xml = xml;
  }

  /**
   * Reads a page to its end.
   *
   * @param page as it comes; left open
   * @throws IOException if it breaks off
   * @throws IllegalArgumentException if it is something else
   */
  public static Listing read(InputStream page) throws IOException {
    return XmlAnswer.read(page, ListingReader::listing);
  }

  static Listing listing(PageCursor xml) {
    return new ListingReader(xml).page();
  }

  private Listing page() {
    xml.begin();
    if (!xml.isAt("ListBucketResult")) {
      throw new IllegalArgumentException("the answer is no listing");
    }
    while (xml.isAtChild()) {
      if (xml.isAt("Contents")) {
        entries.add(entry());
      } else if (xml.isAt("CommonPrefixes")) {
        folders.add(folder());
      } else if (xml.isAt("IsTruncated")) {
        isTruncated = xml.text();
      } else if (xml.isAt("EncodingType")) {
        isEncoded = xml.text().equals("url");
      } else {
        xml.skip();
      }
    }
    xml.end();
    boolean isMore =
        switch (required(isTruncated, "IsTruncated")) { // what breaks off is an empty page
          case "true" -> true;
          case "false" -> false;
          default -> throw new IllegalArgumentException("IsTruncated is neither true nor false");
        };
    return isEncoded ? decoded(isMore) : new Listing(entries, folders, isMore);
  }

  private Entry entry() {
    String key = null;
    long size = -1;
    String modified = null;
    String tag = null;
    while (xml.isAtChild()) {
      if (xml.isAt("Key")) {
        key = xml.text();
      } else if (xml.isAt("Size")) {
        size = xml.number();
      } else if (xml.isAt("LastModified")) {
        modified = xml.text();
      } else if (xml.isAt("ETag")) {
        tag = xml.text();
      } else {
        xml.skip();
      }
    }
    return new Entry(
        required(key, "Key"),
        size(size),
        time(required(modified, "LastModified")),
        version(required(tag, "ETag")));
  }

  private String folder() {
    String prefix = null;
    while (xml.isAtChild()) {
      if (xml.isAt("Prefix")) {
        prefix = xml.text();
      } else {
        xml.skip();
      }
    }
    return required(prefix, "Prefix");
  }

  private Listing decoded(boolean isMore) {
    return new Listing(
        entries.stream().map(ListingReader::decoded).toList(),
        folders.stream().map(ListingReader::decoded).toList(),
        isMore);
  }

  private static Entry decoded(Entry entry) {
    return isPlain(entry.key())
        ? entry
        : new Entry(decoded(entry.key()), entry.size(), entry.modified(), entry.version());
  }

  private static String decoded(String text) {
    return isPlain(text) ? text : URLDecoder.decode(text, UTF_8);
  }

  private static boolean isPlain(String text) {
    return text.indexOf('%') < 0 && text.indexOf('+') < 0;
  }

  private static long size(long told) {
    if (told < 0) {
      throw new IllegalArgumentException("a listing without Size, or with a negative one");
    }
    return told;
  }

  private static VersionToken version(String tag) {
    return new VersionToken(tag.contains("\"") ? tag : '"' + tag + '"');
  }

  private static Instant time(String text) {
    try {
      return UtcTime.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("LastModified is no time", e);
    }
  }

  private static <T> T required(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalArgumentException("a listing without " + what);
    }
    return value;
  }
}
