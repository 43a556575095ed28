package io.taforge.storage.remote;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.Buckets;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.FailureContext;
import io.taforge.storage.Leftover;
import io.taforge.storage.Operation;
import io.taforge.storage.remote.ObjectServer.OpenUpload;
import io.taforge.storage.remote.ObjectServer.UploadListing;
import io.taforge.storage.remote.ObjectServer.UploadMarker;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Uploads in parts that somebody has begun and nobody has completed or given up. How many bytes are
 * in one is not asked: that would be a request for each.
 */
final class RemoteLeftovers {
  private static final Pattern NOT_ON_A_LINE = Pattern.compile("[%\\p{Cc}\u2028\u2029]");
  private static final Pattern ESCAPED = Pattern.compile("%([0-9a-f]{4})");

  private final ObjectServer server;
  private final Buckets buckets;
  private final TransferSettings settings;

  RemoteLeftovers(ObjectServer server, Buckets buckets, TransferSettings settings) {
    this.server = server;
    this.buckets = buckets;
    this.settings = settings;
  }

  /** Page by page, as the stream is consumed. */
  Stream<Leftover> in(ArtifactKind kind) {
    Walk walk = new Walk(kind);
    return Stream.generate(walk::next)
        .takeWhile(Optional::isPresent)
        .map(Optional::orElseThrow)
        .map(
            each ->
                new Leftover(
                    kind, Leftover.Type.UPLOAD, name(each), each.begun(), OptionalLong.empty()));
  }

  DeleteOutcome remove(Leftover leftover) {
    int end = leftover.name().lastIndexOf(' '); // no id has one
    if (leftover.type() != Leftover.Type.UPLOAD || end < 0) {
      return DeleteOutcome.ABSENT;
    }
    String key =
        ESCAPED
            .matcher(leftover.name().substring(0, end))
            .replaceAll(each -> quoted((char) Integer.parseInt(each.group(1), 16)));
    FailureContext context =
        FailureContext.of(Operation.DELETE, buckets, leftover.kind()).withKey(key);
    boolean wasThere =
        server.abortUpload(
            new ObjectName(buckets.of(leftover.kind()), key),
            leftover.name().substring(end + 1),
            settings.call(context));
    return wasThere ? DeleteOutcome.DELETED : DeleteOutcome.ABSENT;
  }

  /** Keys of other programs may be anything. */
  private static String name(OpenUpload upload) {
    String key =
        NOT_ON_A_LINE
            .matcher(upload.name().key())
            .replaceAll(each -> "%%%04x".formatted((int) each.group().charAt(0)));
    return key + " " + upload.id();
  }

  private static String quoted(char each) {
    return Matcher.quoteReplacement(String.valueOf(each));
  }

  private final class Walk {
    private final ArtifactKind kind;
    private final Queue<OpenUpload> ready = new ArrayDeque<>();
    private Optional<UploadMarker> after = Optional.empty();
    private boolean isMore = true;

    Walk(ArtifactKind kind) {
      this.kind = kind;
    }

    Optional<OpenUpload> next() {
      while (ready.isEmpty() && isMore) {
        FailureContext context = FailureContext.of(Operation.LIST, buckets, kind);
        UploadListing page = server.openUploads(buckets.of(kind), after, settings.call(context));
        ready.addAll(page.uploads());
        after = page.next();
        isMore = after.isPresent();
      }
      return Optional.ofNullable(ready.poll());
    }
  }
}
