package io.taforge.storage;

import io.taforge.artifact.Artifact;
import java.time.Instant;

/**
 * What a listing tells of an artifact.
 *
 * @param artifact which one
 * @param size how many bytes its content has
 * @param storedAt when it was stored, by the backend's clock, at least to the second
 * @param version tells later whether it has changed since
 */
public record ArtifactSummary(
    Artifact artifact, long size, Instant storedAt, VersionToken version) {}
