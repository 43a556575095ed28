package io.taforge.storage.remote;

import io.taforge.artifact.ArtifactKey;
import io.taforge.artifact.Tags;
import io.taforge.storage.ByteRange;
import io.taforge.storage.CorrelationId;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageException;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The operations of Amazon S3 that taforge needs, one method a request, as an SDK makes them. What
 * they are good for is decided in {@link RemoteArtifactStore}, once for all SDKs.
 *
 * <p>Methods throw {@link StorageException}s with the {@link Call}'s context, the id that the
 * server gave the request, and the number of attempts: a missing bucket is a {@link
 * io.taforge.storage.StorageBucketException}, a condition that does not hold a {@link
 * io.taforge.storage.StorageConflictException}, and so on. The SDK tries again what may succeed a
 * moment later, as often as the settings say; nobody else does. Safe for use by many threads.
 */
public interface ObjectServer extends AutoCloseable {
  /**
   * What a server answers to a write.
   *
   * @param version the ETag in its wire form, with its quotes; nothing between them if the server
   *     does not tell, as Ceph RADOS Gateway 16 does not when an upload is completed
   * @param at the server's clock, to the second
   */
  record Receipt(VersionToken version, Instant at) {
    boolean tellsVersion() {
      return version.value().length() > 2;
    }
  }

  /**
   * A part that is on the server.
   *
   * @param part which one
   * @param version its ETag in its wire form
   */
  record SentPart(Part part, VersionToken version) {}

  /**
   * What a server tells of an object besides its content.
   *
   * @param size how many bytes the whole has
   * @param modified when it was stored
   * @param version the ETag in its wire form
   * @param contentType as stored; empty if the server tells none
   * @param metadata as it came in headers
   * @param isLocked whether the server keeps it from being removed for now; see {@link ObjectLock}
   */
  record ObjectFacts(
      long size,
      Instant modified,
      VersionToken version,
      Optional<String> contentType,
      WireMetadata metadata,
      boolean isLocked) {}

  /**
   * An open answer with content.
   *
   * @param facts of the whole object
   * @param slice which bytes come
   * @param bytes the content as it comes; closing it early gives the connection up and does not
   *     read on
   */
  record ObjectBody(ObjectFacts facts, ByteRange.Slice slice, InputStream bytes) {}

  /**
   * What a listing tells of an object.
   *
   * @param key its key
   * @param size how many bytes it has
   * @param modified when it was stored
   * @param version the ETag in its wire form
   */
  record Entry(String key, long size, Instant modified, VersionToken version) {}

  /**
   * A page of a listing.
   *
   * @param entries objects in the server's order
   * @param folders what the keys have in common up to the next slash, where that was asked for
   * @param isTruncated whether there is more behind it
   */
  record Listing(List<Entry> entries, List<String> folders, boolean isTruncated) {
    /** Keeps copies. */
    public Listing {
      entries = List.copyOf(entries);
      folders = List.copyOf(folders);
    }

    /** The entries in the order of UTF-8; some servers in Java order them by UTF-16. */
    List<Entry> inOrder() {
      Comparator<Entry> byKey = Comparator.comparing(Entry::key, ArtifactKey.UTF_8_ORDER);
      for (int i = 1; i < entries.size(); i++) {
        if (byKey.compare(entries.get(i - 1), entries.get(i)) > 0) {
          return entries.stream().sorted(byKey).toList();
        }
      }
      return entries;
    }

    /** Behind which key or folder the next page begins; empty if this one is. */
    String last() {
      String entry = entries.isEmpty() ? "" : entries.get(entries.size() - 1).key();
      String folder = folders.isEmpty() ? "" : folders.get(folders.size() - 1);
      return ArtifactKey.UTF_8_ORDER.compare(entry, folder) > 0 ? entry : folder;
    }

    /** Whether all of it begins like this. */
    boolean isWithin(String prefix) {
      return names().allMatch(each -> each.startsWith(prefix));
    }

    /**
     * Whether this is what comes behind a key or folder, and whoever asks for what comes behind
     * this gets on. A server that forgets where it was told to begin would be asked for ever.
     */
    boolean goesOnBehind(String after) {
      boolean isBehind = names().noneMatch(each -> isBefore(each, after));
      return isBehind && (!isTruncated || (!last().isEmpty() && !last().equals(after)));
    }

    private Stream<String> names() {
      return Stream.concat(entries.stream().map(Entry::key), folders.stream());
    }

    /** In the order of UTF-8 and in that of UTF-16, which some servers keep to. */
    private static boolean isBefore(String one, String other) {
      return ArtifactKey.UTF_8_ORDER.compare(one, other) < 0 && one.compareTo(other) < 0;
    }
  }

  /**
   * An object that a batch could not delete.
   *
   * @param key its key
   * @param reason why not
   */
  record Refusal(String key, StorageException reason) {}

  /**
   * An upload in parts that was begun and neither completed nor aborted.
   *
   * @param name what it was to become
   * @param id the server's name for it
   * @param begun when it was begun
   */
  record OpenUpload(ObjectName name, String id, Instant begun) {}

  /**
   * Who asks.
   *
   * @param id of the account; empty if the server does not tell
   * @param buckets names of those that are the account's
   */
  record Account(Optional<String> id, Set<String> buckets) {
    /** Keeps a copy. */
    public Account {
      buckets = Set.copyOf(buckets);
    }
  }

  /**
   * Who may do something with a bucket, besides those whom its policy names.
   *
   * @param owner id of the account that the bucket belongs to; empty if the server does not tell
   * @param grantees whom something is granted: ids of accounts, URIs of groups
   */
  record AccessList(String owner, List<String> grantees) {
    private static final Pattern EVERYBODY =
        Pattern.compile("https?://.*/global/(AllUsers|AuthenticatedUsers)");

    /** Keeps a copy. */
    public AccessList {
      grantees = List.copyOf(grantees);
    }

    /** Groups among the grantees that anybody is in, or anybody with an account somewhere. */
    List<String> everybody() {
      return grantees.stream().filter(EVERYBODY.asMatchPredicate()).distinct().toList();
    }
  }

  /**
   * What a server does about a bucket that lets everybody in.
   *
   * @param blocksAcls refuses lists of access that would let everybody in
   * @param ignoresAcls does not heed those that are there
   * @param blocksPolicies refuses policies that would let everybody in
   * @param restrictsPolicies heeds those that are there for the owner's account only
   */
  record PublicAccessBlock(
      boolean blocksAcls, boolean ignoresAcls, boolean blocksPolicies, boolean restrictsPolicies) {
    /** What of it is off, in the words of S3. */
    List<String> missing() {
      List<String> missing = new ArrayList<>();
      if (!blocksAcls) {
        missing.add("BlockPublicAcls");
      }
      if (!ignoresAcls) {
        missing.add("IgnorePublicAcls");
      }
      if (!blocksPolicies) {
        missing.add("BlockPublicPolicy");
      }
      if (!restrictsPolicies) {
        missing.add("RestrictPublicBuckets");
      }
      return missing;
    }
  }

  /**
   * Where a page of open uploads ends, in the server's words.
   *
   * @param key of the last upload
   * @param id the server's name for it
   */
  record UploadMarker(String key, String id) {}

  /**
   * A page of open uploads.
   *
   * @param uploads in the server's order
   * @param next behind what the next page begins; empty if this is the last one
   */
  record UploadListing(List<OpenUpload> uploads, Optional<UploadMarker> next) {
    /** Keeps a copy. */
    public UploadListing {
      uploads = List.copyOf(uploads);
    }
  }

  /**
   * Sends content that {@link StagedContent#isOnePiece is one piece}.
   *
   * <p>The checksum of the piece goes into the request in a form that the server verifies, and is
   * not computed again where the SDK can be told so.
   */
  Receipt put(
      ObjectName name,
      ObjectHeaders headers,
      StagedContent content,
      WriteCondition condition,
      Call call);

  /** Begins an upload in parts; its id. */
  String beginUpload(ObjectName name, ObjectHeaders headers, Call call);

  /** Sends a part; see {@link #put} on its checksum. */
  SentPart sendPart(ObjectName name, String id, StagedContent content, Part part, Call call);

  /** Makes an object of all parts. */
  Receipt completeUpload(
      ObjectName name, String id, List<SentPart> parts, WriteCondition condition, Call call);

  /** Removes an upload with its parts; whether there was one, as far as the server tells. */
  boolean abortUpload(ObjectName name, String id, Call call);

  /** What is known of an object; empty if there is none, or if there is no such bucket. */
  Optional<ObjectFacts> head(ObjectName name, Call call);

  /**
   * Opens content.
   *
   * @param range which part of it, not of zero length; empty for the whole
   * @param version only if the object is still this one
   * @return empty if there is no such object
   * @throws io.taforge.storage.StorageRangeException if the range begins behind the end
   */
  Optional<ObjectBody> get(
      ObjectName name, Optional<ByteRange> range, Optional<VersionToken> version, Call call);

  /**
   * A page of what is in a bucket.
   *
   * @param prefix what the keys begin with
   * @param areFolders whether keys are cut behind the next slash after the prefix
   * @param after the key behind which it begins; empty for the beginning
   * @param most how many entries and folders it may have, at most 1,000
   */
  Listing list(String bucket, String prefix, boolean areFolders, String after, int most, Call call);

  /**
   * Removes an object; nothing happens if there is none.
   *
   * @param version only if the object is still this one, on servers that honour that
   */
  void delete(ObjectName name, Optional<VersionToken> version, Call call);

  /** Removes up to 1,000 objects in one request; what could not be removed. */
  List<Refusal> deleteBatch(String bucket, List<String> keys, Call call);

  /** The tags of an object; empty if there is no such object. */
  Optional<Tags> tags(ObjectName name, Call call);

  /** Whether there is such a bucket, and it is ours. */
  boolean hasBucket(String bucket, Call call);

  /**
   * Makes a bucket that nobody but its owner may see into; whether it was missing.
   *
   * @throws io.taforge.storage.StorageBucketException if it is somebody else's
   */
  boolean createBucket(String bucket, Call call);

  /** Removes an empty bucket. */
  void deleteBucket(String bucket, Call call);

  /** Who asks, as the server knows it. */
  Account account(Call call);

  /** A bucket's policy in JSON; empty if it has none. */
  Optional<String> policy(String bucket, Call call);

  /**
   * Whether a bucket's policy lets everybody in, as the server understands it; empty if it has
   * none.
   */
  Optional<Boolean> policyStatus(String bucket, Call call);

  /** Who may do something with a bucket. */
  AccessList accessList(String bucket, Call call);

  /** What the server does about a bucket that lets everybody in; empty if nothing was said. */
  Optional<PublicAccessBlock> publicAccessBlock(String bucket, Call call);

  /** Whether a bucket keeps old versions of its objects, or did so once. */
  boolean keepsVersions(String bucket, Call call);

  /** Whether versions can be locked in a bucket that keeps them. */
  boolean locksVersions(String bucket, Call call);

  /**
   * Removes an object for good, with all its versions and delete markers; nothing happens if there
   * is none.
   */
  void deleteVersions(ObjectName name, Call call);

  /** How many rules a bucket has for the scripts of other sites in browsers. */
  int corsRules(String bucket, Call call);

  /**
   * Blocks all public access to a bucket, makes its owner the owner of all that is put there, and
   * has the server encrypt it with keys of its own; one request for each.
   */
  void harden(String bucket, Call call);

  /**
   * A page of the uploads in parts that are open in a bucket.
   *
   * @param after the last one of the page before; empty for the beginning
   */
  UploadListing openUploads(String bucket, Optional<UploadMarker> after, Call call);

  /** All uploads in parts that are open in a bucket. */
  default List<OpenUpload> openUploads(String bucket, Call call) {
    List<OpenUpload> all = new ArrayList<>();
    Optional<UploadMarker> after = Optional.empty();
    do {
      UploadListing page = openUploads(bucket, after, call);
      all.addAll(page.uploads());
      after = page.next();
    } while (after.isPresent());
    return all;
  }

  /**
   * What time it is by the server's clock, to the second, as it says when it is asked about a
   * bucket.
   */
  Instant time(String bucket, Call call);

  /** The lifecycle rules of a bucket; empty if there are none. */
  Optional<LifecycleDocument> lifecycle(String bucket, Call call);

  /** Replaces all lifecycle rules of a bucket by these, which are at least one. */
  void putLifecycle(String bucket, LifecycleDocument rules, Call call);

  /** Removes all lifecycle rules of a bucket. */
  void deleteLifecycle(String bucket, Call call);

  /**
   * Signs a link to an object; that asks no server, and does not look whether there is one.
   *
   * @throws StorageException if there are no credentials to sign with
   */
  SignedLink sign(ObjectName name, LinkTerms terms, Call call);

  /**
   * This server, asked by requests that name this id in their {@code User-Agent}, each of them and
   * each time they are tried; see {@link CorrelationId#inUserAgent}. It shares everything with this
   * one, and is not closed.
   *
   * <p>What an author leaves out here is in no log, and all else is as it should be.
   */
  default ObjectServer correlated(CorrelationId id) {
    return this;
  }

  /** Releases what was opened for this, and no client that was handed to it. */
  @Override
  void close();
}
