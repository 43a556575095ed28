package io.taforge.storage.contract;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactSummary;
import io.taforge.storage.ByteRange;
import io.taforge.storage.ContentSource;
import io.taforge.storage.FailureContext;
import io.taforge.storage.ListQuery;
import io.taforge.storage.Operation;
import io.taforge.storage.Page;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageDownloadException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.VersionToken;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keeps everything as it should and tells it otherwise. */
class Retold extends DelegatingStore {
  private final UnaryOperator<StoredArtifact> tale;

  Retold(ArtifactStore inner, UnaryOperator<StoredArtifact> tale) {
    super(inner);
    this.tale = tale;
  }

  @Override
  public StoredArtifact put(Artifact artifact, ContentSource source, PutOptions options) {
    return tale.apply(super.put(artifact, source, options));
  }

  @Override
  public StoredArtifact replaceMetadata(
      Artifact artifact, Metadata metadata, VersionToken version) {
    return tale.apply(super.replaceMetadata(artifact, metadata, version));
  }

  @Override
  public ArtifactContent get(Artifact artifact) {
    ArtifactContent content = super.get(artifact);
    return whole(tale.apply(content.artifact()), content.stream());
  }

  @Override
  public ArtifactContent get(Artifact artifact, ByteRange range) {
    ArtifactContent content = super.get(artifact, range);
    return part(
        tale.apply(content.artifact()), content.offset(), content.length(), content.stream());
  }

  @Override
  public Optional<StoredArtifact> find(Artifact artifact) {
    return super.find(artifact).map(tale);
  }

  @Override
  public Page<ArtifactSummary> list(ListQuery query) {
    Page<StoredArtifact> page = listDetailed(query);
    return page(page.entries().stream().map(StoredArtifact::summary).toList(), page.next());
  }

  @Override
  public Page<StoredArtifact> listDetailed(ListQuery query) {
    Page<StoredArtifact> page = super.listDetailed(query);
    return page(page.entries().stream().map(tale).toList(), page.next());
  }

  static <T> Page<T> page(List<T> entries, Optional<ListQuery> next) {
    return next.map(query -> Page.of(entries, query)).orElseGet(() -> Page.last(entries));
  }

  static ArtifactContent whole(StoredArtifact facts, InputStream bytes) {
    return ArtifactContent.whole(
        facts,
        bytes,
        FailureContext.of(Operation.GET),
        (context, e) -> new StorageDownloadException(context, "it failed", e));
  }

  static ArtifactContent part(StoredArtifact facts, long offset, long length, InputStream bytes) {
    return ArtifactContent.part(
        facts,
        new ByteRange.Slice(offset, length),
        bytes,
        FailureContext.of(Operation.GET),
        (context, e) -> new StorageDownloadException(context, "it failed", e));
  }

  static StoredArtifact of(StoredArtifact old, Artifact artifact) {
    return new StoredArtifact(
        artifact,
        old.size(),
        old.storedAt(),
        old.version(),
        old.sha256(),
        old.contentType(),
        old.metadata());
  }

  static StoredArtifact with(StoredArtifact old, long size) {
    return new StoredArtifact(
        old.artifact(),
        size,
        old.storedAt(),
        old.version(),
        old.sha256(),
        old.contentType(),
        old.metadata());
  }

  static StoredArtifact with(StoredArtifact old, Instant storedAt) {
    return new StoredArtifact(
        old.artifact(),
        old.size(),
        storedAt,
        old.version(),
        old.sha256(),
        old.contentType(),
        old.metadata());
  }

  static StoredArtifact with(StoredArtifact old, VersionToken version) {
    return new StoredArtifact(
        old.artifact(),
        old.size(),
        old.storedAt(),
        version,
        old.sha256(),
        old.contentType(),
        old.metadata());
  }

  static StoredArtifact with(StoredArtifact old, Optional<Sha256> sha256) {
    return new StoredArtifact(
        old.artifact(),
        old.size(),
        old.storedAt(),
        old.version(),
        sha256,
        old.contentType(),
        old.metadata());
  }

  static StoredArtifact with(StoredArtifact old, ContentType type) {
    return new StoredArtifact(
        old.artifact(),
        old.size(),
        old.storedAt(),
        old.version(),
        old.sha256(),
        type,
        old.metadata());
  }

  static StoredArtifact with(StoredArtifact old, Metadata metadata) {
    return new StoredArtifact(
        old.artifact(),
        old.size(),
        old.storedAt(),
        old.version(),
        old.sha256(),
        old.contentType(),
        metadata);
  }
}
