package io.taforge.testbed;

import java.util.Optional;

/** Looks whether the conditions of a request to a {@link MemoryS3} hold. */
record MemoryConditions(MemoryBuckets buckets) {
  /** What is answered instead if one does not. */
  Optional<MemoryAnswer> refusal(ProxiedRequest request) {
    Optional<MemoryObject> there = buckets.find(request.bucket(), request.key());
    boolean isTaken = request.header("If-None-Match").isPresent() && there.isPresent();
    Optional<String> wanted = request.header("If-Match");
    if (wanted.isPresent() && there.isEmpty()) {
      return Optional.of(MemoryAnswer.refusal(404, "NoSuchKey"));
    }
    boolean isAnother =
        wanted.isPresent()
            && !wanted.get().replace("\"", "").equals(there.get().tag().replace("\"", ""));
    return isTaken || isAnother
        ? Optional.of(MemoryAnswer.refusal(412, "PreconditionFailed"))
        : Optional.empty();
  }
}
