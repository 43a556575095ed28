package io.taforge.adapter.filesystem;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystem;
import org.apache.commons.vfs2.NameScope;
import org.apache.commons.vfs2.provider.UriParser;

/** A folder in a file system of Commons VFS. What VFS remembers of a file is asked for anew. */
final class VfsFolder implements Folder {
  private final FileObject folder;

  private VfsFolder(FileObject folder) {
    this.folder = folder;
  }

  static VfsFolder openRoot(FileObject folder) throws IOException {
    return opened(folder);
  }

  @Override
  public Folder open(String name) throws IOException {
    return opened(child(name));
  }

  @Override
  public boolean createFolder(String name) throws IOException {
    FileObject child = child(name);
    if (child.exists() && child.isFolder()) {
      return false;
    }
    if (!folder.exists()) {
      throw new NoSuchFileException(folder.getPublicURIString());
    }
    child.createFolder();
    return true;
  }

  @Override
  public Optional<FileFacts> facts(String name) throws IOException {
    FileObject child = child(name);
    return child.exists() && child.isFile()
        ? Optional.of(
            new FileFacts(
                child.getContent().getSize(),
                Instant.ofEpochMilli(child.getContent().getLastModifiedTime()),
                null))
        : Optional.empty();
  }

  @Override
  public InputStream read(String name, long offset) throws IOException {
    FileObject child = child(name);
    if (!child.exists()) {
      throw new NoSuchFileException(child.getPublicURIString());
    }
    InputStream stream = child.getContent().getInputStream();
    stream.skipNBytes(offset);
    return stream;
  }

  @Override
  public NewFile create(String name) throws IOException {
    FileObject child = child(name);
    if (!folder.exists()) {
      throw new NoSuchFileException(folder.getPublicURIString());
    }
    child.createFile();
    OutputStream stream = child.getContent().getOutputStream();
    return new NewFile() {
      @Override
      public void write(byte[] buffer, int offset, int count) throws IOException {
        stream.write(buffer, offset, count);
      }

      @Override
      public void setModified(Instant time) throws IOException {
        stream.close();
        VfsFolder.this.setModified(name, time);
      }

      @Override
      public void sync() {
        // VFS has no such thing
      }

      @Override
      public void close() throws IOException {
        stream.close();
      }
    };
  }

  /** See {@link VfsRoot#keepsSecrets}. */
  @Override
  public NewFile createPrivate(String name) throws IOException {
    throw new IOException("Commons VFS cannot say who may read a file");
  }

  @Override
  public void setModified(String name, Instant time) throws IOException {
    child(name).getContent().setLastModifiedTime(time.toEpochMilli());
  }

  @Override
  public void move(String name, Folder target, String newName) throws IOException {
    FileObject source = child(name);
    long time = source.getContent().getLastModifiedTime();
    FileObject replaced = ((VfsFolder) target).child(newName);
    if (replaced.delete()) {
      replaced.refresh(); // or it remembers the data that is gone
    }
    source.moveTo(replaced);
    replaced.getContent().setLastModifiedTime(time); // a file system may take moving for writing
  }

  @Override
  public boolean delete(String name) throws IOException {
    FileObject child = child(name);
    if (child.exists() && child.isFolder()) {
      throw new IOException(child.getPublicURIString() + " is a folder");
    }
    return child.delete();
  }

  @Override
  public boolean deleteFolder(String name) throws IOException {
    FileObject child = child(name);
    return child.exists() && child.isFolder() && child.getChildren().length == 0 && child.delete();
  }

  @Override
  public void forEachName(Consumer<String> consumer) throws IOException {
    for (FileObject child : folder.getChildren()) {
      consumer.accept(UriParser.decode(child.getName().getBaseName()));
    }
  }

  @Override
  public void sync() {
    // VFS has no such thing
  }

  @Override
  public void sync(String name) {
    // VFS has no such thing
  }

  @Override
  public Optional<FileChannel> openLockFile(String name) {
    return Optional.empty();
  }

  @Override
  public void close() {
    // the file system is the caller's
  }

  /**
   * An object of its own for each call: those that VFS caches are shared by all threads, forget
   * what one of them is asking when another one refreshes, and cannot be deleted while one reads.
   */
  private FileObject child(String name) throws IOException {
    FileObject child = folder.resolveFile(UriParser.encode(name), NameScope.CHILD);
    FileSystem files = folder.getFileSystem();
    files.getFileSystemManager().getFilesCache().removeFile(files, child.getName());
    child.refresh();
    return child;
  }

  private static VfsFolder opened(FileObject folder) throws IOException {
    folder.refresh();
    if (!folder.exists()) {
      throw new NoSuchFileException(folder.getPublicURIString());
    }
    if (!folder.isFolder()) {
      throw new NotDirectoryException(folder.getPublicURIString());
    }
    return new VfsFolder(folder);
  }
}
