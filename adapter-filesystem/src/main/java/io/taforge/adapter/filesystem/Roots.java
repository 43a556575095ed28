package io.taforge.adapter.filesystem;

import static io.taforge.artifact.Quoted.quoted;

import io.taforge.storage.FailureContext;
import io.taforge.storage.Masked;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageBucketException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.VFS;
import org.apache.commons.vfs2.provider.local.LocalFile;

/** Tells which file access a location needs: that of the machine, or that of Commons VFS. */
final class Roots {
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]+:.*");

  private Roots() {}

  /** Of a path, or a URI that Commons VFS understands. */
  static Root at(String location) {
    FailureContext context = FailureContext.of(Operation.OPEN);
    try {
      return SCHEME.matcher(location).matches()
          ? at(VFS.getManager().resolveFile(location))
          : new LocalRoot(Path.of(location));
    } catch (FileSystemException | InvalidPathException e) {
      String shown = Masked.location(location);
      String reason = quoted(shown) + " is neither a path nor a location of Commons VFS";
      throw shown.equals(location)
          ? new StorageBucketException(context, reason, e)
          : new StorageBucketException(context, reason); // the cause would tell the password
    }
  }

  /** Of a folder of Commons VFS. */
  static Root at(FileObject folder) {
    return folder instanceof LocalFile ? new LocalRoot(folder.getPath()) : new VfsRoot(folder);
  }
}
