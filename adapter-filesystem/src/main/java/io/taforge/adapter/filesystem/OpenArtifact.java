package io.taforge.adapter.filesystem;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.Metadata;
import io.taforge.artifact.Tags;
import io.taforge.storage.StoredArtifact;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A content file and the description that fits it.
 *
 * @param file the file
 * @param description what was written with it; null for a file that somebody has put there by hand
 */
record OpenArtifact(FileFacts file, ContentRecord.@Nullable Description description) {

  StoredArtifact facts(Artifact artifact) {
    return description == null
        ? new StoredArtifact(
            artifact,
            file.size(),
            file.modified(),
            file.version(),
            Optional.empty(),
            ContentType.forName(artifact.fileName()),
            Metadata.none())
        : new StoredArtifact(
            artifact,
            file.size(),
            file.modified(),
            file.version(),
            Optional.of(description.sha256()),
            description.contentType(),
            description.metadata());
  }

  Tags tags() {
    return description == null ? Tags.none() : description.tags();
  }
}
