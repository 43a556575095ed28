package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.KeyPrefix;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Tags;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.BucketCheck;
import io.taforge.storage.Buckets;
import io.taforge.storage.ByteRange;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.DeleteOutcome;
import io.taforge.storage.DeleteReport;
import io.taforge.storage.Lease;
import io.taforge.storage.Leftover;
import io.taforge.storage.LinkSigner;
import io.taforge.storage.ListQuery;
import io.taforge.storage.NativeRetention;
import io.taforge.storage.Page;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Does what another store does; a negative control overrides what it gets wrong. */
class DelegatingStore implements ArtifactStore {
  final ArtifactStore inner;

  DelegatingStore(ArtifactStore inner) {
    this.inner = inner;
  }

  @Override
  public Set<Capability> capabilities() {
    return inner.capabilities();
  }

  @Override
  public Buckets buckets() {
    return inner.buckets();
  }

  @Override
  public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
    return inner.put(artifact, source, options);
  }

  @Override
  public ArtifactContent get(Artifact artifact) {
    return inner.get(artifact);
  }

  @Override
  public ArtifactContent get(Artifact artifact, ByteRange range) {
    return inner.get(artifact, range);
  }

  @Override
  public Optional<StoredArtifact> find(Artifact artifact) {
    return inner.find(artifact);
  }

  @Override
  public Page<ArtifactSummary> list(ListQuery query) {
    return inner.list(query);
  }

  @Override
  public Page<StoredArtifact> listDetailed(ListQuery query) {
    return inner.listDetailed(query);
  }

  @Override
  public Page<KeyPrefix> listFolders(ListQuery query) {
    return inner.listFolders(query);
  }

  @Override
  public DeleteOutcome delete(Artifact artifact) {
    return inner.delete(artifact);
  }

  @Override
  public DeleteOutcome deleteUnchanged(Artifact artifact, VersionToken version) {
    return inner.deleteUnchanged(artifact, version);
  }

  @Override
  public DeleteReport deleteMany(Collection<? extends Artifact> artifacts) {
    return inner.deleteMany(artifacts);
  }

  @Override
  public StoredArtifact replaceMetadata(
      Artifact artifact, Metadata metadata, VersionToken version) {
    return inner.replaceMetadata(artifact, metadata, version);
  }

  @Override
  public Tags tags(Artifact artifact) {
    return inner.tags(artifact);
  }

  @Override
  public Optional<Instant> backendTime() {
    return inner.backendTime();
  }

  @Override
  public Stream<Leftover> leftovers(ArtifactKind kind) {
    return inner.leftovers(kind);
  }

  @Override
  public DeleteOutcome deleteLeftover(Leftover leftover) {
    return inner.deleteLeftover(leftover);
  }

  @Override
  public Lease acquireLease(String holder, Duration period) {
    return inner.acquireLease(holder, period);
  }

  @Override
  public Optional<NativeRetention> nativeRetention() {
    return inner.nativeRetention();
  }

  @Override
  public Optional<LinkSigner> linkSigner() {
    return inner.linkSigner();
  }

  @Override
  public List<BucketCheck> createBuckets() {
    return inner.createBuckets();
  }

  @Override
  public List<BucketCheck> verifyBuckets() {
    return inner.verifyBuckets();
  }

  @Override
  public List<BucketCheck> recreateBucket(ArtifactKind kind, String confirmation) {
    return inner.recreateBucket(kind, confirmation);
  }

  @Override
  public void close() {
    inner.close();
  }
}
