package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ByteRange;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Operation;
import io.taforge.storage.Page;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageDownloadException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageRangeException;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.StoredArtifact;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Stores that hand out other bytes, or the wrong part of the right ones. */
final class BrokenReading {
  private static final int LARGE = 4 * 1024 * 1024;

  private BrokenReading() {}

  static List<Control> controls() {
    return List.of(
        Control.of("counts the last byte of a range twice", "B", i -> ranging(i, Ranges::longer)),
        Control.of("begins a range one byte late", "B", i -> ranging(i, Ranges::later)),
        Control.of(
            "takes a number of last bytes for an offset", "B", i -> ranging(i, Ranges::tail)),
        Control.of("ends before the end", "B", i -> ranging(i, Ranges::shorter)),
        Control.of("takes no bytes for all bytes", "B", i -> ranging(i, Ranges::all)),
        Control.of("refuses a range that goes beyond the end", "B", RefusesBeyondEnd::new),
        Control.of("finds nothing at the end, and that is fine", "B", ForgivesRange::new),
        Control.of("takes a bad range for a failed transfer", "B", RangeIsDownload::new),
        Control.of("counts from the end what is negative", "B", i -> ranging(i, Ranges::wrapped)),
        Control.of("tells no offset", "B", TellsNoOffset::new),
        Control.of("has two connections and loses them", "B", LosesConnections::new),
        Control.of("ignores the announced checksum", "E", IgnoresChecksum::new),
        Control.of("verifies after it has replaced", "E", VerifiesTooLate::new),
        Control.of("refuses the right checksum, too", "E", RefusesChecksum::new),
        Control.of("says upload failure when the checksum is wrong", "E", MismatchIsUpload::new),
        Control.of("keeps no checksum", "E", i -> new Retold(i, f -> Retold.with(f, NO_CHECKSUM))),
        Control.of("keeps a checksum of checksums", "E", i -> new Retold(i, Parts::checksum)),
        Control.of("lists no checksum", "E", ListsNoChecksum::new),
        Control.of("verifies nothing", "E", VerifiesNothing::new),
        Control.of("takes the version for the SHA-256", "E", i -> new Retold(i, Parts::etag)));
  }

  private static final Optional<Sha256> NO_CHECKSUM = Optional.empty();

  /** What becomes of a range. */
  private static final class Ranges {
    static ByteRange longer(ByteRange range) {
      return range instanceof ByteRange.Slice slice && slice.length() > 0
          ? ByteRange.of(slice.offset(), slice.length() + 1)
          : range;
    }

    static ByteRange later(ByteRange range) {
      return range instanceof ByteRange.Slice slice
          ? ByteRange.of(slice.offset() + 1, slice.length())
          : range;
    }

    static ByteRange tail(ByteRange range) {
      return range instanceof ByteRange.Last last ? ByteRange.from(last.length()) : range;
    }

    static ByteRange shorter(ByteRange range) {
      return range instanceof ByteRange.From from ? ByteRange.of(from.offset(), 1) : range;
    }

    static ByteRange all(ByteRange range) {
      return range instanceof ByteRange.Slice slice && slice.length() == 0
          ? ByteRange.from(slice.offset())
          : range;
    }

    static ByteRange wrapped(ByteRange range) {
      return range instanceof ByteRange.From from && from.offset() > Integer.MAX_VALUE
          ? ByteRange.from(from.offset() & 0xFF)
          : range;
    }
  }

  private static ArtifactStore ranging(ArtifactStore inner, UnaryOperator<ByteRange> change) {
    return new DelegatingStore(inner) {
      @Override
      public ArtifactContent get(Artifact artifact, ByteRange range) {
        return super.get(artifact, change.apply(range));
      }
    };
  }

  private static final class RefusesBeyondEnd extends DelegatingStore {
    RefusesBeyondEnd(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public ArtifactContent get(Artifact artifact, ByteRange range) {
      ArtifactContent content = super.get(artifact, range);
      if (range instanceof ByteRange.Slice slice && content.length() < slice.length()) {
        content.close();
        throw new StorageRangeException(
            FailureContext.of(Operation.GET, buckets(), artifact), "it goes beyond the end");
      }
      return content;
    }
  }

  private static final class ForgivesRange extends DelegatingStore {
    ForgivesRange(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public ArtifactContent get(Artifact artifact, ByteRange range) {
      try {
        return super.get(artifact, range);
      } catch (StorageRangeException e) {
        StoredArtifact facts = find(artifact).orElseThrow();
        return Retold.part(facts, facts.size(), 0, InputStream.nullInputStream());
      }
    }
  }

  private static final class RangeIsDownload extends DelegatingStore {
    RangeIsDownload(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public ArtifactContent get(Artifact artifact, ByteRange range) {
      try {
        return super.get(artifact, range);
      } catch (StorageRangeException e) {
        throw new StorageDownloadException(e.context(), "the server says 416", e);
      }
    }
  }

  private static final class TellsNoOffset extends DelegatingStore {
    TellsNoOffset(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public ArtifactContent get(Artifact artifact, ByteRange range) {
      ArtifactContent content = super.get(artifact, range);
      return Retold.part(content.artifact(), 0, content.length(), content.stream());
    }
  }

  /** A connection goes back to the pool when its content has been read to the end, only then. */
  private static final class LosesConnections extends DelegatingStore {
    private final AtomicInteger free = new AtomicInteger(2);

    LosesConnections(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public ArtifactContent get(Artifact artifact) {
      ArtifactContent content = super.get(artifact);
      return Retold.whole(content.artifact(), pooled(content));
    }

    @Override
    public ArtifactContent get(Artifact artifact, ByteRange range) {
      ArtifactContent content = super.get(artifact, range);
      return Retold.part(content.artifact(), content.offset(), content.length(), pooled(content));
    }

    private InputStream pooled(ArtifactContent content) {
      if (free.getAndDecrement() <= 0) {
        content.close();
        throw new StorageConnectionException(
            FailureContext.of(Operation.GET), "there is no free connection");
      }
      return new FilterInputStream(content.stream()) {
        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          int read = super.read(buffer, offset, length);
          if (read < 0) {
            free.incrementAndGet();
          }
          return read;
        }
      };
    }
  }

  private static final class IgnoresChecksum extends DelegatingStore {
    IgnoresChecksum(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return super.put(artifact, source, Sloppy.withoutChecksum(options));
    }
  }

  private static final class VerifiesTooLate extends DelegatingStore {
    VerifiesTooLate(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      StoredArtifact stored = super.put(artifact, source, Sloppy.withoutChecksum(options));
      if (options.expectedSha256().isPresent()
          && !options.expectedSha256().equals(stored.sha256())) {
        delete(artifact);
        throw new StorageIntegrityException(
            FailureContext.of(Operation.PUT, buckets(), artifact), "the checksum is another");
      }
      return stored;
    }
  }

  private static final class RefusesChecksum extends DelegatingStore {
    RefusesChecksum(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return super.put(
          artifact,
          source,
          options.expectedSha256().isPresent()
              ? options.expecting(Sha256.of(new byte[] {1}))
              : options);
    }
  }

  private static final class MismatchIsUpload extends DelegatingStore {
    MismatchIsUpload(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      try {
        return super.put(artifact, source, options);
      } catch (StorageIntegrityException e) {
        throw new StorageUploadException(e.context(), "it was refused", e);
      }
    }
  }

  /** What a server makes of a checksum. */
  private static final class Parts {
    static StoredArtifact checksum(StoredArtifact facts) {
      return facts.size() < LARGE
          ? facts
          : Retold.with(
              facts, facts.sha256().map(each -> Sha256.of(each.hex().getBytes(US_ASCII))));
    }

    static StoredArtifact etag(StoredArtifact facts) {
      return Retold.with(facts, Optional.of(Sha256.of(facts.version().value().getBytes(US_ASCII))));
    }

    private static final Charset US_ASCII = StandardCharsets.US_ASCII;
  }

  private static final class ListsNoChecksum extends DelegatingStore {
    ListsNoChecksum(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Page<StoredArtifact> listDetailed(ListQuery query) {
      Page<StoredArtifact> page = super.listDetailed(query);
      return Retold.page(
          page.entries().stream().map(each -> Retold.with(each, NO_CHECKSUM)).toList(),
          page.next());
    }
  }

  /** Hands out whatever is there, as long as it is there. */
  private static final class VerifiesNothing extends DelegatingStore {
    VerifiesNothing(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public ArtifactContent get(Artifact artifact) {
      try (ArtifactContent content = super.get(artifact)) {
        byte[] bytes = content.length() == 0 ? new byte[0] : whatIsThere(artifact);
        StoredArtifact facts =
            Retold.with(Retold.with(content.artifact(), bytes.length), NO_CHECKSUM);
        return Retold.whole(facts, new ByteArrayInputStream(bytes));
      }
    }

    private byte[] whatIsThere(Artifact artifact) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ArtifactContent part = super.get(artifact, ByteRange.from(0))) {
        InputStream stream = part.stream();
        for (int next = stream.read(); next >= 0; next = stream.read()) {
          bytes.write(next);
        }
      } catch (StorageException e) {
        // so much for that
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }
  }
}
