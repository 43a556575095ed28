package io.taforge.storage.bundle;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.client.Admission;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Admits what can be unpacked without harm, by any program and on any system; log samples are not
 * looked at.
 *
 * <ul>
 *   <li>A TA bundle is a tar archive (POSIX or GNU) in a gzip file, with one folder at the top. In
 *       it there are files, folders, and links that stay inside.
 *   <li>A debug bundle is a zip file, of which each entry is stored or deflated, and the same in
 *       the directory and in its own place.
 *   <li>In both no path is absolute, leads up with {@code ..}, or is another's, if only where case
 *       does not matter; nothing is encrypted; and nothing is hidden before, between or behind.
 *   <li>Number and sizes of what is in there are within the {@link BundleLimits}.
 * </ul>
 *
 * <p>All of it is unpacked once, into nothing: memory grows with the names that are allowed, and
 * not with the content.
 */
public final class BundleAdmission implements Admission {
  private final BundleLimits limits;

  /** Within these limits. */
  public BundleAdmission(BundleLimits limits) {
    this.limits = limits;
  }

  @Override
  public boolean concerns(ArtifactKind kind) {
    return kind != ArtifactKind.LOG_SAMPLE;
  }

  @Override
  public Optional<String> objection(Artifact artifact, Path content) throws IOException {
    try (SeekableByteChannel bytes = Files.newByteChannel(content)) {
      return objection(artifact.kind(), bytes);
    }
  }

  /** The same for content that is in no file; the channel stays open. */
  Optional<String> objection(ArtifactKind kind, SeekableByteChannel content) throws IOException {
    Expansion expansion = new Expansion(limits, content.size());
    try {
      switch (kind) {
        case TA_BUNDLE -> checkTar(content, expansion);
        case DEBUG_BUNDLE -> new ZipCheck(new ZipBytes(content), expansion, limits).check();
        case LOG_SAMPLE -> {}
      }
      return Optional.empty();
    } catch (Refusal refusal) {
      return Optional.of(String.valueOf(refusal.getMessage()));
    }
  }

  private void checkTar(SeekableByteChannel content, Expansion expansion) throws IOException {
    try (GzipStream unpacked = new GzipStream(Channels.newInputStream(content))) {
      new TarCheck(unpacked, expansion, limits).check();
    }
  }
}
