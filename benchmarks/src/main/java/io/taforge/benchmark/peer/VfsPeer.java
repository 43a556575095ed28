package io.taforge.benchmark.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileType;
import org.apache.commons.vfs2.FileTypeSelector;
import org.apache.commons.vfs2.Selectors;
import org.apache.commons.vfs2.impl.StandardFileSystemManager;

/** Apache Commons VFS: streams to and from files, and nothing more. */
final class VfsPeer implements Peer {
  private final StandardFileSystemManager files = new StandardFileSystemManager();
  private final String root;

  VfsPeer(Site site) throws IOException {
    files.init();
    root = Files.createDirectories(site.folder().resolve("vfs")).toUri().toString();
  }

  @Override
  public void put(String key, byte[] content) throws IOException {
    try (FileObject file = file(key);
        OutputStream stream = file.getContent().getOutputStream()) {
      stream.write(content);
    }
  }

  @Override
  public long get(String key) throws IOException {
    try (FileObject file = file(key);
        InputStream stream = file.getContent().getInputStream()) {
      return Copying.drain(stream);
    }
  }

  @Override
  public void upload(String key, Path file) throws IOException {
    try (FileObject source = files.resolveFile(file.toUri());
        FileObject target = file(key)) {
      target.copyFrom(source, Selectors.SELECT_SELF);
    }
  }

  @Override
  public void download(String key, Path file) throws IOException {
    try (FileObject source = file(key);
        FileObject target = files.resolveFile(file.toUri())) {
      target.copyFrom(source, Selectors.SELECT_SELF);
    }
  }

  @Override
  public long list() throws IOException {
    try (FileObject folder = file("samples")) {
      folder.refresh();
      return folder.findFiles(new FileTypeSelector(FileType.FILE)).length;
    }
  }

  @Override
  public void delete(List<String> keys) throws IOException {
    for (String key : keys) {
      try (FileObject file = file(key)) {
        file.delete();
      }
    }
  }

  @Override
  public void close() {
    files.close();
  }

  private FileObject file(String key) throws IOException {
    return files.resolveFile(root + key);
  }
}
