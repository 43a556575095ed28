package io.taforge.storage.remote;

import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ByteRange;
import io.taforge.storage.FailureContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Large content that comes slowly on one connection, as is usual on Amazon S3, comes on several.
 * The answer that has begun to come stays open: it is of one version for certain, and brings the
 * rest if ranges of that version cannot be had any more.
 */
final class RangedDownload implements ArtifactContent.Ranges {
  /** What brings as many bytes a second is not what a download waits for. */
  private static final long FAST = 150_000_000;

  /** Anybody may be slow for a moment on a busy machine. */
  private static final Duration A_MOMENT = Duration.ofMillis(80);

  private final ResumingStream answer;
  private final ResumingStream.Opener opener;
  private final TransferSettings settings;
  private final SideBySide threads;
  private final Semaphore turns;
  private final FailureContext context;

  /**
   * For content that has begun to come.
   *
   * @param turns how many may do so at once, each of which needs several connections
   */
  RangedDownload(
      ResumingStream answer,
      ResumingStream.Opener opener,
      TransferSettings settings,
      SideBySide threads,
      Semaphore turns,
      FailureContext context) {
    this.answer = answer;
    this.opener = opener;
    this.settings = settings;
    this.threads = threads;
    this.turns = turns;
    this.context = context;
  }

  /** How many downloads with so many connections may have several each; others need some, too. */
  static Semaphore turns(ServerConnection connection, TransferSettings settings) {
    return new Semaphore(connection.connections() / 2 / (settings.partsAtOnce() + 1));
  }

  /** Whether content of this size may come by ranges. */
  static boolean isFor(long size) {
    return size >= 2 * RangesInFile.RANGE;
  }

  @Override
  public Optional<InputStream> into(Path file) throws IOException {
    ByteRange.Slice rest = answer.rest();
    boolean isWorthIt = isFor(rest.length()) && answer.pace().isBelow(FAST, A_MOMENT);
    if (settings.partsAtOnce() == 1 || !isWorthIt || !turns.tryAcquire()) {
      return Optional.empty();
    }
    boolean hasBegun = false;
    try {
      RangesInFile ranges = new RangesInFile(file, answer, this::open, turns::release);
      hasBegun = ranges.begin(threads, context);
      return hasBegun ? Optional.of(ranges) : Optional.empty();
    } finally {
      if (!hasBegun) {
        turns.release();
      }
    }
  }

  private InputStream open(ByteRange.Slice range) throws IOException {
    return new ResumingStream(opener.open(range), range, opener, settings, context);
  }
}
