package io.taforge.adapter.minio;

import io.taforge.storage.VersionToken;
import io.taforge.storage.remote.ContentRange;
import io.taforge.storage.remote.ObjectLock;
import io.taforge.storage.remote.ObjectServer.ObjectFacts;
import io.taforge.storage.remote.UtcTime;
import io.taforge.storage.remote.WireMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an answer tell. The SDK would take the quotes from ETags and lose the whole
 * size of what a range is of.
 */
record AnswerHeaders(Headers headers) {
  private static final String METADATA = "x-amz-meta-";

  /** The ETag in its wire form. */
  VersionToken version() throws StrangeAnswerException {
    return version(required("ETag"));
  }

  /** An ETag in its wire form, wherever it comes from. */
  static VersionToken version(@Nullable String tag) throws StrangeAnswerException {
    if (tag == null) {
      throw new StrangeAnswerException("an object without an ETag");
    }
    return new VersionToken(tag.contains("\"") ? tag : '"' + tag + '"');
  }

  /** The server's clock, if it tells the time. */
  Optional<Instant> at() {
    return time("Date");
  }

  /** OkHttp reads other forms, too, and takes ten times as long. */
  private Optional<Instant> time(String name) {
    String value = headers.get(name);
    try {
      return value == null
          ? Optional.empty()
          : UtcTime.ofHttp(value).or(() -> Optional.ofNullable(headers.getInstant(name)));
    } catch (DateTimeException e) {
      return Optional.empty(); // there is no such time
    }
  }

  /** Which bytes come. */
  ContentRange range() throws StrangeAnswerException {
    try {
      long length = Long.parseLong(required("Content-Length"));
      return ContentRange.of(headers.get("Content-Range"), length);
    } catch (IllegalArgumentException e) {
      throw new StrangeAnswerException(String.valueOf(e.getMessage()));
    }
  }

  /** What is told of an object of this size. */
  ObjectFacts facts(long size) throws StrangeAnswerException {
    Optional<Instant> modified = time("Last-Modified");
    if (modified.isEmpty()) {
      throw new StrangeAnswerException("an answer without Last-Modified");
    }
    return new ObjectFacts(
        size,
        modified.get(),
        version(),
        Optional.ofNullable(headers.get("Content-Type")),
        metadata(),
        isLocked());
  }

  /** What is no object has no page for people. */
  void requireNoPage() throws StrangeAnswerException {
    String type = headers.get("Content-Type");
    if (type != null && type.startsWith("text/html")) {
      throw new StrangeAnswerException("a page in HTML");
    }
  }

  private boolean isLocked() throws StrangeAnswerException {
    String until = headers.get("x-amz-object-lock-retain-until-date");
    try {
      return ObjectLock.isInForce(
          headers.get("x-amz-object-lock-legal-hold"),
          Optional.ofNullable(until).map(text -> OffsetDateTime.parse(text).toInstant()),
          until == null ? Optional.empty() : at());
    } catch (DateTimeException e) {
      throw new StrangeAnswerException("a lock until " + until);
    }
  }

  private WireMetadata metadata() {
    Map<String, String> entries = new HashMap<>();
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i).toLowerCase(Locale.ROOT);
      if (name.startsWith(METADATA)) {
        entries.put(name.substring(METADATA.length()), headers.value(i));
      }
    }
    return WireMetadata.parse(entries);
  }

  private String required(String name) throws StrangeAnswerException {
    String value = headers.get(name);
    if (value == null) {
      throw new StrangeAnswerException("an answer without " + name);
    }
    return value;
  }
}
