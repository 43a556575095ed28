package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.BucketCheck.Status;
import io.taforge.storage.BucketLoss;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.Operation;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageException;
import io.taforge.storage.link.LinkAuthority;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores that make, look at or empty their buckets in a wrong way, or leave them open. */
final class BrokenKeeping {
  private BrokenKeeping() {}

  static List<Control> controls() {
    return List.of(
        of("empties what it initialises", EmptiesOnInit::new),
        of("says that it has made what was there", MakesAll::new),
        Control.sharing("cannot initialise twice at once", "K", BrokenKeeping::inTurns),
        of("says that what is somebody else's is fine", InitialisesAnything::new),
        of("verifies in one word", VerifiesInOneWord::new),
        of("verifies one bucket for all", VerifiesOne::new),
        of("throws what verify finds", ThrowsFindings::new),
        of("makes what verify misses", MakesMissing::new),
        of("leaves what it has verified with", LeavesCanary::new),
        of("empties a bucket without its name", NeedsNoName::new),
        of("takes any word for a confirmation", TakesAnyWord::new),
        of("needs the name of an empty bucket", NeedsNameAlways::new),
        of("never empties a bucket that is not empty", NeverEmpties::new),
        of("empties all buckets for one", EmptiesAll::new),
        of("keeps what was in a bucket", KeepsContent::new),
        of("tells nothing of what would be lost", TellsNoLoss::new),
        of("tells of objects only that they would be lost", TellsObjectsOnly::new),
        of("tells fewer bytes than would be lost", TellsFewerBytes::new),
        of("tells names that are not those of its buckets", TellsOtherNames::new),
        served("serves objects to anybody", ServesObjects::new),
        served("serves listings to anybody", ServesListings::new));
  }

  private static Control of(String flaw, UnaryOperator<ArtifactStore> broken) {
    return Control.of(flaw, "K", broken);
  }

  private static Control served(
      String flaw, BiFunction<ArtifactStore, LinkAuthority, TinyLinkServer> broken) {
    return new Control(
        flaw,
        "K",
        () ->
            new ServedHarness() {
              @Override
              TinyLinkServer server(ArtifactStore served, LinkAuthority authority) {
                return broken.apply(served, authority);
              }
            });
  }

  private static final class EmptiesOnInit extends DelegatingStore {
    EmptiesOnInit(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> createBuckets() {
      for (ArtifactKind kind : ArtifactKind.values()) {
        inner.recreateBucket(kind, buckets().of(kind));
      }
      return inner.createBuckets();
    }
  }

  private static final class MakesAll extends DelegatingStore {
    MakesAll(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> createBuckets() {
      return inner.createBuckets().stream().map(each -> with(each, Status.CREATED)).toList();
    }
  }

  private static UnaryOperator<ArtifactStore> inTurns() {
    AtomicInteger atIt = new AtomicInteger();
    return store ->
        new DelegatingStore(store) {
          @Override
          public List<BucketCheck> createBuckets() {
            try {
              if (atIt.incrementAndGet() > 1) {
                throw new StorageBucketException(
                    FailureContext.of(Operation.CREATE_BUCKET), "it appeared just now");
              }
              Sloppy.pause(100);
              return inner.createBuckets();
            } finally {
              atIt.decrementAndGet();
            }
          }
        };
  }

  private static final class InitialisesAnything extends DelegatingStore {
    InitialisesAnything(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> createBuckets() {
      try {
        return inner.createBuckets();
      } catch (StorageException e) {
        return List.of();
      }
    }
  }

  private static final class VerifiesInOneWord extends DelegatingStore {
    VerifiesInOneWord(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> verifyBuckets() {
      return inner.verifyBuckets().stream()
          .filter(each -> each.aspect().equals("exists"))
          .map(
              each ->
                  new BucketCheck(each.kind(), each.bucket(), "fine", each.status(), each.detail()))
          .toList();
    }
  }

  private static final class VerifiesOne extends DelegatingStore {
    VerifiesOne(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> verifyBuckets() {
      return inner.verifyBuckets().stream()
          .filter(each -> each.kind() == ArtifactKind.LOG_SAMPLE)
          .toList();
    }
  }

  private static final class ThrowsFindings extends DelegatingStore {
    ThrowsFindings(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> verifyBuckets() {
      List<BucketCheck> checks = inner.verifyBuckets();
      if (checks.stream().anyMatch(each -> each.status() == Status.FAILED)) {
        throw new StorageBucketException(
            FailureContext.of(Operation.VERIFY_BUCKET), "something is wrong");
      }
      return checks;
    }
  }

  private static final class MakesMissing extends DelegatingStore {
    MakesMissing(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> verifyBuckets() {
      List<BucketCheck> checks = inner.verifyBuckets();
      inner.createBuckets();
      return checks;
    }
  }

  private static final class LeavesCanary extends DelegatingStore {
    LeavesCanary(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> verifyBuckets() {
      List<BucketCheck> checks = inner.verifyBuckets();
      if (checks.stream().noneMatch(each -> each.status() == Status.FAILED)) {
        Artifact canary = new LogSample(RequestId.random(), FileName.of("canary"));
        inner.put(canary, ContentSource.of(new byte[] {1}), PutOptions.defaults());
      }
      return checks;
    }
  }

  private static final class NeedsNoName extends DelegatingStore {
    NeedsNoName(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> recreateBucket(ArtifactKind kind, String confirmation) {
      return inner.recreateBucket(kind, confirmation.isEmpty() ? buckets().of(kind) : confirmation);
    }
  }

  private static final class TakesAnyWord extends DelegatingStore {
    TakesAnyWord(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> recreateBucket(ArtifactKind kind, String confirmation) {
      return inner.recreateBucket(kind, confirmation.isEmpty() ? confirmation : buckets().of(kind));
    }
  }

  private static final class NeedsNameAlways extends DelegatingStore {
    NeedsNameAlways(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> recreateBucket(ArtifactKind kind, String confirmation) {
      if (!confirmation.equals(buckets().of(kind))) {
        throw notConfirmed(inner, kind);
      }
      return inner.recreateBucket(kind, confirmation);
    }
  }

  private static final class NeverEmpties extends DelegatingStore {
    NeverEmpties(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> recreateBucket(ArtifactKind kind, String confirmation) {
      return inner.recreateBucket(kind, "");
    }
  }

  private static final class EmptiesAll extends DelegatingStore {
    EmptiesAll(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> recreateBucket(ArtifactKind kind, String confirmation) {
      List<BucketCheck> checks = inner.recreateBucket(kind, confirmation);
      Stream.of(ArtifactKind.values())
          .forEach(each -> inner.recreateBucket(each, buckets().of(each)));
      return checks;
    }
  }

  private static final class KeepsContent extends DelegatingStore {
    KeepsContent(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> recreateBucket(ArtifactKind kind, String confirmation) {
      return confirmation.equals(buckets().of(kind))
          ? List.of(new BucketCheck(kind, confirmation, "exists", Status.CREATED, ""))
          : inner.recreateBucket(kind, confirmation);
    }
  }

  private static final class TellsNoLoss extends DelegatingStore {
    TellsNoLoss(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public BucketLoss lossOf(ArtifactKind kind) {
      return BucketLoss.none(kind, buckets().of(kind));
    }
  }

  private static final class TellsObjectsOnly extends DelegatingStore {
    TellsObjectsOnly(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public BucketLoss lossOf(ArtifactKind kind) {
      BucketLoss loss = inner.lossOf(kind);
      return BucketLoss.ofObjects(kind, loss.bucket(), loss.objects(), loss.size().bytes());
    }
  }

  private static final class TellsFewerBytes extends DelegatingStore {
    TellsFewerBytes(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public BucketLoss lossOf(ArtifactKind kind) {
      BucketLoss loss = inner.lossOf(kind);
      return BucketLoss.ofObjects(
          kind, loss.bucket(), loss.objects(), Math.max(0, loss.size().bytes() - 1));
    }
  }

  private static final class TellsOtherNames extends DelegatingStore {
    TellsOtherNames(ArtifactStore inner) {
      super(inner);
    }

    @Override
    public List<BucketCheck> verifyBuckets() {
      return inner.verifyBuckets().stream()
          .map(
              each ->
                  new BucketCheck(
                      each.kind(),
                      each.bucket().toUpperCase(Locale.ROOT),
                      each.aspect(),
                      each.status(),
                      each.detail()))
          .toList();
    }
  }

  private static final class ServesObjects extends TinyLinkServer {
    ServesObjects(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    Optional<LinkRequest> allowed(String method, String host, String target) {
      String key = target.substring(target.indexOf('/', 1) + 1);
      return key.isEmpty() || target.contains("?")
          ? super.allowed(method, host, target)
          : Optional.of(LinkRequest.download(Artifact.at(key)));
    }
  }

  /** What it serves for a listing is the content of something in the bucket. */
  private static final class ServesListings extends TinyLinkServer {
    ServesListings(ArtifactStore store, LinkAuthority authority) {
      super(store, authority);
    }

    @Override
    Optional<LinkRequest> allowed(String method, String host, String target) {
      return Stream.of(ArtifactKind.values())
          .filter(kind -> target.equals("/" + store.buckets().of(kind) + "/"))
          .flatMap(kind -> store.scan(KeyPrefix.all(kind)))
          .map(found -> (LinkRequest) LinkRequest.download(found.artifact()))
          .findFirst()
          .or(() -> super.allowed(method, host, target));
    }
  }

  private static BucketCheck with(BucketCheck check, Status status) {
    return new BucketCheck(check.kind(), check.bucket(), check.aspect(), status, check.detail());
  }

  private static StorageBucketException notConfirmed(ArtifactStore store, ArtifactKind kind) {
    return new StorageBucketException(
        FailureContext.of(Operation.RECREATE_BUCKET, store.buckets(), kind), "not confirmed");
  }
}
