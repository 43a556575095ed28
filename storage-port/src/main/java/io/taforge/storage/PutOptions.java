package io.taforge.storage;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.Tags;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How something is to be put; immutable. {@link #defaults} replaces what is there and takes the
 * content type from the file name.
 */
public final class PutOptions {
  private static final PutOptions DEFAULTS =
      new PutOptions(
          null,
          Metadata.none(),
          Tags.none(),
          WriteCondition.always(),
          null,
          ProgressListener.NONE,
          null);

  private final @Nullable ContentType contentType;
  private final Metadata metadata;
  private final Tags tags;
  private final WriteCondition condition;
  private final @Nullable Sha256 expected;
  private final ProgressListener progress;
  private final @Nullable Duration deadline;

  private PutOptions(
      @Nullable ContentType contentType,
      Metadata metadata,
      Tags tags,
      WriteCondition condition,
      @Nullable Sha256 expected,
      ProgressListener progress,
      @Nullable Duration deadline) {
    this.contentType = contentType;
    this.metadata = metadata;
    this.tags = tags;
    this.condition = condition;
    this.expected = expected;
    this.progress = progress;
    this.deadline = deadline;
  }

  /** Replaces what is there; no metadata, no tags. */
  public static PutOptions defaults() {
    return DEFAULTS;
  }

  /** With this content type, whatever the file name says. */
  public PutOptions withContentType(ContentType type) {
    return new PutOptions(type, metadata, tags, condition, expected, progress, deadline);
  }

  /** With this metadata. */
  public PutOptions withMetadata(Metadata some) {
    return new PutOptions(contentType, some, tags, condition, expected, progress, deadline);
  }

  /** With these tags; other than none only where the store has {@link Capability#TAGS}. */
  public PutOptions withTags(Tags some) {
    return new PutOptions(contentType, metadata, some, condition, expected, progress, deadline);
  }

  /** Only under this condition. */
  public PutOptions on(WriteCondition some) {
    return new PutOptions(contentType, metadata, tags, some, expected, progress, deadline);
  }

  /** Only if the content has this checksum. */
  public PutOptions expecting(Sha256 checksum) {
    return new PutOptions(contentType, metadata, tags, condition, checksum, progress, deadline);
  }

  /** Telling this listener how it gets on. */
  public PutOptions telling(ProgressListener listener) {
    return new PutOptions(contentType, metadata, tags, condition, expected, listener, deadline);
  }

  /**
   * Only if it is done within this time, retries included; otherwise it ends with {@link
   * StorageConnectionException}, and nothing has changed. Where a server no longer answers, asking
   * it what became of the content and taking back what it has takes up to ten seconds more; parts
   * that it keeps all the same are debris, which a cleanup removes.
   *
   * @throws IllegalArgumentException if the time is not positive
   */
  public PutOptions within(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(time + " is not a deadline: it must be positive");
    }
    return new PutOptions(contentType, metadata, tags, condition, expected, progress, time);
  }

  /** The content type that was set, or the one that the artifact's file name tells. */
  public ContentType contentTypeOf(Artifact artifact) {
    return contentType == null ? ContentType.forName(artifact.fileName()) : contentType;
  }

  /** The content type, if one was set. */
  public Optional<ContentType> contentType() {
    return Optional.ofNullable(contentType);
  }

  /** The metadata to keep beside the content. */
  public Metadata metadata() {
    return metadata;
  }

  /** The tags to keep beside the content. */
  public Tags tags() {
    return tags;
  }

  /** What must be true of what is there now. */
  public WriteCondition condition() {
    return condition;
  }

  /** The checksum that the content must have, if the caller knows it. */
  public Optional<Sha256> expectedSha256() {
    return Optional.ofNullable(expected);
  }

  /** Who is told how the transfer gets on. */
  public ProgressListener progress() {
    return progress;
  }

  /** How long it may take, if that is limited. */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(deadline);
  }
}
