package io.taforge.storage.memory;

import io.taforge.artifact.Tags;
import io.taforge.storage.StoredArtifact;

/** Everything about one artifact, replaced as a whole; the array is never written to. */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these records
record InMemoryArtifact(StoredArtifact facts, byte[] content, Tags tags) {
  InMemoryArtifact withContent(byte[] other) {
    return new InMemoryArtifact(facts, other, tags);
  }

  InMemoryArtifact withFacts(StoredArtifact other) {
    return new InMemoryArtifact(other, content, tags);
  }
}
