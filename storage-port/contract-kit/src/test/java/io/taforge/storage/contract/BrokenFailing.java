package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Tags;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.ByteRange;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.FailureContext;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Page;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageDownloadException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Stores that tell something else than what went wrong. */
final class BrokenFailing {
  private BrokenFailing() {}

  static List<Control> controls() {
    return List.of(
        Control.of("throws a download failure for what is not there", "N", NotFoundIsDownload::new),
        Control.of("takes a missing bucket for a missing artifact", "N", MissingBucket::new),
        Control.of("takes denied access for an absent artifact", "N", DeniedIsAbsent::new),
        Control.of("takes denied access for a bucket's failure", "N", DeniedIsBucket::new),
        new Control("never tries again", "N", NeverTriesAgain::new),
        Control.of("tries again without end", "N", TriesForever::new),
        Control.of("takes no connection for a failed transfer", "N", ConnectionIsUpload::new),
        Control.of("tells neither bucket nor key", "N", TellsNoKey::new),
        Control.of("tells the signed URL it has called", "N", TellsSignedUrl::new),
        Control.of("tells what the server has answered, as it came", "N", TellsServersPage::new),
        Control.of("drops the cause of a failure", "N", DropsCause::new),
        Control.of("has a cause that cannot be serialized", "N", CarriesClient::new));
  }

  /** Turns failures into others, whichever call they come from. */
  private abstract static class Translating extends DelegatingStore {
    Translating(ArtifactStore inner) {
      super(inner);
    }

    abstract RuntimeException translated(StorageException failure);

    <T> T call(Supplier<T> work) {
      try {
        return work.get();
      } catch (StorageException e) {
        throw translated(e);
      }
    }

    @Override
    public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
      return call(() -> super.put(artifact, source, options));
    }

    @Override
    public ArtifactContent get(Artifact artifact) {
      return call(() -> super.get(artifact));
    }

    @Override
    public ArtifactContent get(Artifact artifact, ByteRange range) {
      return call(() -> super.get(artifact, range));
    }

    @Override
    public Optional<StoredArtifact> find(Artifact artifact) {
      return call(() -> super.find(artifact));
    }

    @Override
    public Page<ArtifactSummary> list(ListQuery query) {
      return call(() -> super.list(query));
    }

    @Override
    public DeleteOutcome delete(Artifact artifact) {
      return call(() -> super.delete(artifact));
    }

    @Override
    public DeleteOutcome deleteUnchanged(Artifact artifact, VersionToken version) {
      return call(() -> super.deleteUnchanged(artifact, version));
    }

    @Override
    public StoredArtifact replaceMetadata(
        Artifact artifact, Metadata metadata, VersionToken version) {
      return call(() -> super.replaceMetadata(artifact, metadata, version));
    }

    @Override
    public Tags tags(Artifact artifact) {
      return call(() -> super.tags(artifact));
    }
  }

  private static final class NotFoundIsDownload extends Translating {
    NotFoundIsDownload(ArtifactStore inner) {
      super(inner);
    }

    @Override
    RuntimeException translated(StorageException failure) {
      return failure instanceof StorageNotFoundException
          ? new StorageDownloadException(failure.context(), "there is none", failure)
          : failure;
    }
  }

  private static final class MissingBucket extends Translating {
    MissingBucket(ArtifactStore inner) {
      super(inner);
    }

    @Override
    RuntimeException translated(StorageException failure) {
      return failure instanceof StorageBucketException
          ? new StorageNotFoundException(failure.context(), "the server says 404", failure)
          : failure;
    }
  }

  private static final class DeniedIsAbsent extends DelegatingStore {
    DeniedIsAbsent(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public Optional<StoredArtifact> find(Artifact artifact) {
      try {
        return super.find(artifact);
      } catch (StorageAccessDeniedException e) {
        return Optional.empty();
      }
    }
  }

  private static final class DeniedIsBucket extends Translating {
    DeniedIsBucket(ArtifactStore inner) {
      super(inner);
    }

    @Override
    RuntimeException translated(StorageException failure) {
      return failure instanceof StorageAccessDeniedException
          ? new StorageBucketException(failure.context(), "it cannot be used", failure)
          : failure;
    }
  }

  /** One refusal is as bad as the three that are survived otherwise. */
  private static final class NeverTriesAgain extends InMemoryHarness {
    @Override
    public void throttleNext(int attempts) {
      super.throttleNext(attempts * 3);
    }
  }

  private static final class TriesForever extends Translating {
    TriesForever(ArtifactStore inner) {
      super(inner);
    }

    @Override
    <T> T call(Supplier<T> work) {
      for (int attempt = 1; ; attempt++) {
        try {
          return work.get();
        } catch (StorageConnectionException e) {
          if (attempt == 1000) { // a test has to come to an end
            throw e;
          }
        }
      }
    }

    @Override
    RuntimeException translated(StorageException failure) {
      return failure;
    }
  }

  private static final class ConnectionIsUpload extends Translating {
    ConnectionIsUpload(ArtifactStore inner) {
      super(inner);
    }

    @Override
    RuntimeException translated(StorageException failure) {
      return failure instanceof StorageConnectionException
          ? new StorageUploadException(failure.context(), "the transfer failed", failure)
          : failure;
    }
  }

  private static final class TellsNoKey extends Translating {
    TellsNoKey(ArtifactStore inner) {
      super(inner);
    }

    @Override
    RuntimeException translated(StorageException failure) {
      return failure instanceof StorageNotFoundException
          ? new StorageNotFoundException(
              FailureContext.of(failure.context().operation()), "there is none", failure)
          : failure;
    }
  }

  private static final class TellsSignedUrl extends Translating {
    TellsSignedUrl(ArtifactStore inner) {
      super(inner);
    }

    @Override
    RuntimeException translated(StorageException failure) {
      return failure instanceof StorageNotFoundException
          ? new StorageNotFoundException(
              failure.context(), "GET https://there/a.log?X-Amz-Signature=f00ba4 says 404")
          : failure;
    }
  }

  private static final class TellsServersPage extends Translating {
    TellsServersPage(ArtifactStore inner) {
      super(inner);
    }

    @Override
    RuntimeException translated(StorageException failure) {
      return failure instanceof StorageNotFoundException
          ? new StorageNotFoundException(
              failure.context(), "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code></Error>")
          : failure;
    }
  }

  private static final class DropsCause extends Translating {
    DropsCause(ArtifactStore inner) {
      super(inner);
    }

    @Override
    RuntimeException translated(StorageException failure) {
      return failure instanceof StorageUploadException
          ? new StorageUploadException(failure.context(), "it cannot be read")
          : failure;
    }
  }

  private static final class CarriesClient extends Translating {
    /** An exception of an SDK that knows too much. */
    @SuppressWarnings("serial")
    private static final class SdkException extends RuntimeException {
      private static final long serialVersionUID = 1L;
      private final Object client = new Object();

      @Override
      public String getMessage() {
        return "the server says 404 to " + client.getClass().getSimpleName();
      }
    }

    CarriesClient(ArtifactStore inner) {
      super(inner);
    }

    @Override
    RuntimeException translated(StorageException failure) {
      return failure instanceof StorageNotFoundException
          ? new StorageNotFoundException(failure.context(), "there is none", new SdkException())
          : failure;
    }
  }
}
