package io.taforge.adapter.filesystem;

import io.taforge.artifact.LogSample;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.impl.StandardFileSystemManager;

/** Streams of Commons VFS, and nothing else. */
final class VfsContestant implements Contestant {
  private final StandardFileSystemManager files = new StandardFileSystemManager();
  private final Path root;

  VfsContestant(Path root) throws IOException {
    this.root = root;
    files.init();
  }

  @Override
  public void put(DurableStep step) throws IOException {
    try (FileObject file = file(step.sample());
        OutputStream stream = file.getContent().getOutputStream()) {
      stream.write(step.content());
    }
  }

  @Override
  public void delete(LogSample sample) throws IOException {
    try (FileObject file = file(sample)) {
      file.delete();
    }
  }

  @Override
  public int find(int thread, LogSample sample) throws IOException {
    try (FileObject file = file(sample)) {
      file.refresh();
      return file.exists() ? DurableStep.of(thread, file.getContent().getByteArray()) : NOTHING;
    }
  }

  @Override
  public void close() {
    files.close();
  }

  private FileObject file(LogSample sample) throws IOException {
    return files.resolveFile(root.toUri() + "/" + sample.key().value());
  }
}
