/**
 * Artifacts in a folder, so that whoever works without a network has the same behaviour.
 *
 * <p>The content of artifact K is the file {@code <root>/<bucket>/<K>}, byte for byte; {@code ls}
 * and {@code cat} show it. Everything else is below {@code <root>/.taforge}:
 *
 * <ul>
 *   <li>{@code records/<bucket>/<K>}: what is known of K besides its content, see {@link
 *       io.taforge.adapter.filesystem.ContentRecord};
 *   <li>{@code work/<process>}: what is being written, see {@link
 *       io.taforge.adapter.filesystem.Workshop};
 *   <li>{@code locks}: see {@link io.taforge.adapter.filesystem.KeyLocks};
 *   <li>{@code lease}: who may clean up, see {@link io.taforge.adapter.filesystem.FolderLease}.
 * </ul>
 *
 * <p><b>Where the border between Commons VFS and {@code java.nio} runs.</b> VFS resolves locations
 * that have a scheme of its own and is the file access of every file system that is not the
 * machine's, such as {@code ram:} ({@link io.taforge.adapter.filesystem.VfsFolder}). On the
 * machine's own files all goes through {@code java.nio} ({@link
 * io.taforge.adapter.filesystem.SecureFolder}), listings included, because there VFS cannot keep
 * the promises: it follows symbolic links out of the root even under {@code NameScope.DESCENDENT},
 * takes {@code a%2Fb} for {@code a/b}, has no fsync and no atomic replacement, and answers from a
 * cache. The store above ({@link io.taforge.adapter.filesystem.FilesystemArtifactStore}) knows only
 * {@link io.taforge.adapter.filesystem.Folder} and is the same for both.
 *
 * <p><b>How a put becomes visible.</b> The content is written to a file of its own and synced, with
 * a modification time that is later than that of the version it replaces. Then, with K locked
 * against other writers in any process: the record is replaced by one that describes both the
 * version that is there and the new one, each bound to the size and modification time of its file;
 * the content file is renamed into its place. That rename is the one moment in which content and
 * metadata change together. Whoever reads takes from the record the description that fits the file
 * it has open. Both folders are synced before put returns.
 *
 * <p><b>What the system is asked for.</b> Opening a folder takes Java seven system calls, so those
 * on the way down are held open, and looked at with one each ({@link
 * io.taforge.adapter.filesystem.HeldFolders}): that they are still what their names lead to. Beyond
 * that, put makes, writes, stamps and syncs the content file and looks at it once for the time that
 * the file system has made of it; locks a byte against other processes; looks for the version that
 * is there; makes, writes and syncs the record; and renames each into its folder and syncs that.
 * Get looks at the file, reads the record, opens the file and looks at it again, since another
 * version may have come between; it reads to the end, and once more to see that it is the end. What
 * is large goes to the disk while it is still being written ({@link
 * io.taforge.adapter.filesystem.EarlySync}).
 */
@NullMarked
package io.taforge.adapter.filesystem;

import org.jspecify.annotations.NullMarked;
