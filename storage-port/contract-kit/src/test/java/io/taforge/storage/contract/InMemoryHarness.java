package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.InvalidKeyException;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageException;
import io.taforge.storage.memory.InMemoryArtifactStore;
import io.taforge.storage.memory.InMemorySpace;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Everything that a space in memory has to offer. */
class InMemoryHarness implements ArtifactStoreHarness, Backdoor, Faults {
  private final InMemorySpace space = new InMemorySpace(clock());

  /** What is handed out for a store on some space; a negative control breaks it here. */
  ArtifactStore handle(ArtifactStore store) {
    return store;
  }

  /** A store on the space that nothing is wrong with. */
  final ArtifactStore flawless() {
    return on(space);
  }

  @Override
  public ArtifactStore open() {
    return handle(flawless());
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.of(
        Capability.CONDITIONAL_DELETE,
        Capability.DETAILED_LISTING,
        Capability.LEASES,
        Capability.METADATA_UPDATE,
        Capability.SIGNED_LINKS,
        Capability.TAGS);
  }

  @Override
  public void cleanup() {
    // the space is garbage
  }

  @Override
  public Optional<ArtifactStore> openMissingBucket() {
    return Optional.of(handle(new InMemoryArtifactStore(new InMemorySpace(clock()))));
  }

  @Override
  public Optional<ArtifactStore> openBadCredentials() {
    return Optional.of(failing(StorageAccessDeniedException::new));
  }

  @Override
  public Optional<ArtifactStore> openForbidden() {
    return Optional.of(failing(StorageAccessDeniedException::new));
  }

  @Override
  public Optional<ArtifactStore> openUnreachable() {
    return Optional.of(failing(StorageConnectionException::new));
  }

  @Override
  public final Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public Optional<Backdoor> backdoor() {
    return Optional.of(this);
  }

  @Override
  public Optional<Faults> faults() {
    return Optional.of(this);
  }

  @Override
  public boolean keepsContentInMemory() {
    return true;
  }

  @Override
  public void damage(Artifact artifact, UnaryOperator<byte[]> change) {
    space.corrupt(artifact.key(), change);
  }

  /** A space in memory cannot hold what is no artifact, so there is nothing to be left out. */
  @Override
  public void plant(ArtifactKind kind, String key, byte[] content) {
    try {
      on(space).put(Artifact.at(key), ContentSource.of(content), PutOptions.defaults());
    } catch (InvalidKeyException e) {
      // as said
    }
  }

  @Override
  public List<String> leftovers() {
    return List.of();
  }

  @Override
  public boolean makeUndeletable(Artifact artifact) {
    space.faults().makeUndeletable(artifact);
    return true;
  }

  @Override
  public void throttleNext(int attempts) {
    space.faults().failNext(attempts, StorageConnectionException::new);
  }

  @Override
  public void stallNext() {
    space.faults().stallNext(stall());
  }

  /** How long the store waits for the answer that does not come. */
  Duration stall() {
    return patience();
  }

  @Override
  public Duration patience() {
    return Duration.ofMillis(100);
  }

  @Override
  public void heal() {
    space.faults().heal();
  }

  private ArtifactStore failing(BiFunction<FailureContext, String, StorageException> kind) {
    InMemorySpace other = new InMemorySpace(clock());
    ArtifactStore store = on(other);
    other.faults().failNext(Integer.MAX_VALUE, kind);
    return handle(store);
  }

  private static ArtifactStore on(InMemorySpace space) {
    ArtifactStore store = new InMemoryArtifactStore(space);
    store.createBuckets();
    return store;
  }
}
