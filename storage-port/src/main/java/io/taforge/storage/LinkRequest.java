package io.taforge.storage;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.InvalidKeyException;
import io.taforge.artifact.Sha256;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a link is wanted for: {@link #download} or {@link #upload}. */
public sealed interface LinkRequest {
  /** How long a link is valid if nothing else is said. */
  Duration DEFAULT_VALIDITY = Duration.ofHours(1);

  /** The longest that a link is valid; the limit of AWS Signature Version 4. */
  Duration MAX_VALIDITY = Duration.ofDays(7);

  /** The HTTP method that a link is for. */
  enum Method {
    /** To download. */
    GET,
    /** To upload. */
    PUT
  }

  /** What the stranger may do; no link is for two methods. */
  Method method();

  /** With which artifact. */
  Artifact artifact();

  /** For how long, counted in whole seconds from the full second of signing; the rest is cut. */
  Duration validity();

  /** To download the artifact, for an hour, and save it under its own file name. */
  static Download download(Artifact artifact) {
    return new Download(artifact, DEFAULT_VALIDITY, artifact.fileName());
  }

  /** To upload the artifact, for an hour, in place of one that may be there; whatever it holds. */
  static Upload upload(Artifact artifact) {
    return new Upload(
        artifact, DEFAULT_VALIDITY, Optional.empty(), OptionalLong.empty(), Optional.empty());
  }

  /**
   * To download what is stored at this key; see {@link #download(Artifact)}.
   *
   * @throws InvalidKeyException if it is the key of no artifact
   */
  static Download download(ArtifactKey key) {
    return download(Artifact.at(key));
  }

  /**
   * To upload what is to be stored at this key; see {@link #upload(Artifact)}.
   *
   * @throws InvalidKeyException if it is the key of no artifact
   */
  static Upload upload(ArtifactKey key) {
    return upload(Artifact.at(key));
  }

  /**
   * To download.
   *
   * @param artifact what
   * @param validity for how long, 1 second to 7 days
   * @param saveAs under which name a browser saves it
   */
  record Download(Artifact artifact, Duration validity, FileName saveAs) implements LinkRequest {
    /** What the answer says to caches: to keep nothing of it (RFC 9111, section 5.2.2). */
    public static final String CACHE_CONTROL = "private, no-store";

    /**
     * Checks the validity.
     *
     * @throws IllegalArgumentException if it is shorter than a second or longer than seven days
     */
    public Download {
      check(validity);
    }

    @Override
    public Method method() {
      return Method.GET;
    }

    /** For as long as this. */
    public Download validFor(Duration time) {
      return new Download(artifact, time, saveAs);
    }

    /** Under this name. */
    public Download savedAs(FileName name) {
      return new Download(artifact, validity, name);
    }

    /**
     * What the answer to the stranger says besides the content, by the names of HTTP headers: that
     * it is an attachment, of a type that no browser shows or runs, whatever type was stored, and
     * that no cache keeps it.
     */
    public Map<String, String> responseHeaders() {
      ContentType type =
          switch (artifact.kind()) {
            case LOG_SAMPLE -> ContentType.BINARY;
            case TA_BUNDLE -> ContentType.GZIP;
            case DEBUG_BUNDLE -> ContentType.ZIP;
          };
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("Content-Disposition", saveAs.attachment());
      headers.put("Content-Type", type.value());
      headers.put("Cache-Control", CACHE_CONTROL);
      return headers;
    }
  }

  /**
   * To upload. What is bound here is refused otherwise: the stranger cannot choose it.
   *
   * @param artifact what
   * @param validity for how long, 1 second to 7 days
   * @param contentType the type that the content must be sent with
   * @param length how many bytes it must have
   * @param sha256 the checksum it must have; only together with the length
   */
  record Upload(
      Artifact artifact,
      Duration validity,
      Optional<ContentType> contentType,
      OptionalLong length,
      Optional<Sha256> sha256)
      implements LinkRequest {
    /**
     * Checks validity, length and checksum.
     *
     * @throws IllegalArgumentException if the validity is shorter than a second or longer than
     *     seven days, or the length is negative, or there is a checksum without a length: servers
     *     compare what they get with its checksum, and some take nothing at all without a look
     */
    public Upload {
      check(validity);
      if (length.orElse(0) < 0) {
        throw new IllegalArgumentException(
            length.getAsLong() + " is not a length: it must not be negative");
      }
      if (sha256.isPresent() && length.isEmpty()) {
        throw new IllegalArgumentException(
            "A link cannot be bound to a checksum alone: the length of the content must be bound, too");
      }
    }

    @Override
    public Method method() {
      return Method.PUT;
    }

    /** For as long as this. */
    public Upload validFor(Duration time) {
      return new Upload(artifact, time, contentType, length, sha256);
    }

    /** Of this type and no other. */
    public Upload ofType(ContentType type) {
      return new Upload(artifact, validity, Optional.of(type), length, sha256);
    }

    /** Of exactly so many bytes. */
    public Upload ofLength(long bytes) {
      return new Upload(artifact, validity, contentType, OptionalLong.of(bytes), sha256);
    }

    /** Of exactly the content that has this checksum and so many bytes. */
    public Upload ofContent(Sha256 checksum, long bytes) {
      return new Upload(
          artifact, validity, contentType, OptionalLong.of(bytes), Optional.of(checksum));
    }
  }

  private static void check(Duration validity) {
    if (validity.compareTo(Duration.ofSeconds(1)) < 0 || validity.compareTo(MAX_VALIDITY) > 0) {
      throw new IllegalArgumentException(
          validity + " is not a validity of a link: 1 second to 7 days are allowed");
    }
  }
}
