package io.taforge.adapter.minio;

import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateBucketArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.DeleteBucketLifecycleArgs;
import io.minio.GetObjectTagsArgs;
import io.minio.HeadBucketArgs;
import io.minio.HeadObjectArgs;
import io.minio.Http;
import io.minio.ListBucketsArgs;
import io.minio.ListMultipartUploadsArgs;
import io.minio.ListObjectVersionsArgs;
import io.minio.MinioAsyncClient;
import io.minio.ObjectArgs;
import io.minio.RemoveBucketArgs;
import io.minio.RemoveObjectArgs;
import io.taforge.artifact.Tags;
import io.taforge.storage.ByteRange;
import io.taforge.storage.CorrelationId;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.Call;
import io.taforge.storage.remote.ContentRange;
import io.taforge.storage.remote.LifecycleDocument;
import io.taforge.storage.remote.LinkTerms;
import io.taforge.storage.remote.ObjectHeaders;
import io.taforge.storage.remote.ObjectName;
import io.taforge.storage.remote.ObjectServer;
import io.taforge.storage.remote.Part;
import io.taforge.storage.remote.StagedContent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import okhttp3.Headers;
import okhttp3.Response;

/** Makes the requests, through the low-level methods of the MinIO SDK's asynchronous client. */
final class MinioServer implements ObjectServer {
  private static final String DEFAULT_REGION = "us-east-1";
  private static final Set<String> NO_OBJECT = Set.of("NoSuchKey");
  private static final Set<String> NO_OBJECT_OR_BUCKET = Set.of("NoSuchKey", "NoSuchBucket");
  private static final Set<String> NO_BUCKET = Set.of("NoSuchBucket");
  private static final Set<String> NO_UPLOAD = Set.of("NoSuchUpload");
  private static final Set<String> NO_POLICY = Set.of("NoSuchBucketPolicy");
  private static final Set<String> NO_LOCK = Set.of("ObjectLockConfigurationNotFoundError");
  private static final Set<String> NO_CORS = Set.of("NoSuchCORSConfiguration");
  private static final Set<String> NO_BLOCK = Set.of("NoSuchPublicAccessBlockConfiguration");
  private static final Set<String> NO_RULES = Set.of("NoSuchLifecycleConfiguration");
  private static final WriteCondition ALWAYS = WriteCondition.always();

  private final MinioAsyncClient client;
  private final PlainRequests plain;
  private final String region;
  private final Attempts attempts;
  private final MinioLinks links;
  private final Runnable close;

  private MinioServer(
      MinioAsyncClient client, MinioSettings settings, Attempts attempts, Runnable close) {
    this.client = client;
    this.plain = new PlainRequests(client, settings.region());
    this.region = settings.region();
    this.attempts = attempts;
    this.links = plain.links(settings);
    this.close = close;
  }

  /** The same server, asked in another way. */
  private MinioServer(MinioServer whole, PlainRequests requests) {
    this.client = requests;
    this.plain = requests;
    this.region = whole.region;
    this.attempts = whole.attempts;
    this.links = whole.links;
    this.close = whole.close;
  }

  /** The SDK names an application only once for a client, so this takes another on the same way. */
  @Override
  public ObjectServer correlated(CorrelationId id) {
    return new MinioServer(this, plain.correlated(id));
  }

  /** On a client of its own. */
  static MinioServer open(MinioSettings settings) {
    OngoingCalls calls = new OngoingCalls();
    MinioAsyncClient client = MinioClients.open(settings, calls);
    Attempts attempts = new Attempts(settings.transfers().attempts(), calls);
    return new MinioServer(client, settings, attempts, client::close);
  }

  /** On somebody's client, which tries as often as it likes and stays open. */
  static MinioServer using(MinioAsyncClient client, MinioSettings settings) {
    return new MinioServer(client, settings, new Attempts(1, new OngoingCalls()), () -> {});
  }

  @Override
  public Receipt put(
      ObjectName name,
      ObjectHeaders headers,
      StagedContent content,
      WriteCondition condition,
      Call call) {
    Part whole = content.parts().get(0);
    Written written =
        sent(
            content,
            call,
            condition,
            () ->
                plain.put(
                    place(name, call),
                    WireHeaders.of(headers, whole.sha256()).putAll(WireHeaders.of(condition)),
                    new Http.QueryParameters(),
                    new PartBody(content, whole, WireHeaders.contentType(headers.contentType()))));
    return receipt(name, written, call);
  }

  @Override
  public String beginUpload(ObjectName name, ObjectHeaders headers, Call call) {
    return attempts.of(
        call,
        ALWAYS,
        () ->
            client.createMultipartUpload(
                CreateMultipartUploadArgs.builder()
                    .bucket(name.bucket())
                    .object(addressable(name, call))
                    .headers(WireHeaders.ofParts(headers))
                    .build()),
        (begun, ongoing) -> begun.result().uploadId());
  }

  @Override
  public SentPart sendPart(
      ObjectName name, String id, StagedContent content, Part part, Call call) {
    Written written =
        sent(
            content,
            call,
            ALWAYS,
            () ->
                plain.put(
                    place(name, call),
                    WireHeaders.of(part.sha256()),
                    new Http.QueryParameters(
                        "partNumber", Integer.toString(part.number()), "uploadId", id),
                    new PartBody(content, part, PlainRequests.BYTES)));
    return new SentPart(part, written.version());
  }

  @Override
  public Receipt completeUpload(
      ObjectName name, String id, List<SentPart> parts, WriteCondition condition, Call call) {
    Written written =
        attempts.of(
            call,
            condition,
            () ->
                plain.completeUpload(
                    CompleteMultipartUploadArgs.builder()
                        .bucket(name.bucket())
                        .object(addressable(name, call))
                        .uploadId(id)
                        .parts(PlainRequests.parts(parts))
                        .extraHeaders(WireHeaders.of(condition))
                        .build()),
            (answer, ongoing) -> PlainRequests.written(answer));
    return receipt(name, written, call);
  }

  @Override
  public boolean abortUpload(ObjectName name, String id, Call call) {
    return attempts
        .unless(
            NO_UPLOAD,
            call,
            ALWAYS,
            () ->
                client.abortMultipartUpload(
                    AbortMultipartUploadArgs.builder()
                        .bucket(name.bucket())
                        .object(addressable(name, call))
                        .uploadId(id)
                        .build()),
            (answer, ongoing) -> true)
        .isPresent();
  }

  @Override
  public Optional<ObjectFacts> head(ObjectName name, Call call) {
    return attempts.unless(
        NO_OBJECT_OR_BUCKET,
        call,
        ALWAYS,
        () ->
            client.headObject(
                HeadObjectArgs.builder()
                    .bucket(name.bucket())
                    .object(addressable(name, call))
                    .build()),
        (found, ongoing) -> new AnswerHeaders(found.headers()).facts(found.size()));
  }

  @Override
  public Optional<ObjectBody> get(
      ObjectName name, Optional<ByteRange> range, Optional<VersionToken> version, Call call) {
    Map<String, String> headers = new HashMap<>();
    range.ifPresent(some -> headers.put("Range", ContentRange.header(some)));
    version.ifPresent(token -> headers.putAll(WireHeaders.of(token)));
    return attempts.unless(
        NO_OBJECT,
        call,
        condition(version),
        () -> plain.get(place(name, call), new Http.Headers(headers)),
        MinioAnswers::body);
  }

  @Override
  public Listing list(
      String bucket, String prefix, boolean areFolders, String after, int most, Call call) {
    Http.QueryParameters query = new Http.QueryParameters("list-type", "2");
    query.put("prefix", prefix);
    query.put("max-keys", Integer.toString(most));
    query.put("encoding-type", "url"); // XML has no form for some keys of other programs
    if (areFolders) {
      query.put("delimiter", "/");
    }
    if (!after.isEmpty()) {
      query.put("start-after", after);
    }
    return attempts.of(call, ALWAYS, () -> plain.list(bucket, query), (page, ongoing) -> page);
  }

  @Override
  public void delete(ObjectName name, Optional<VersionToken> version, Call call) {
    attempts.unless(
        NO_OBJECT,
        call,
        condition(version),
        () ->
            done(
                client.removeObject(
                    RemoveObjectArgs.builder()
                        .bucket(name.bucket())
                        .object(addressable(name, call))
                        .extraHeaders(version.map(WireHeaders::of).orElse(Map.of()))
                        .build())),
        (isDone, ongoing) -> isDone);
  }

  @Override
  public List<Refusal> deleteBatch(String bucket, List<String> keys, Call call) {
    return attempts.of(
        call,
        ALWAYS,
        () -> plain.delete(bucket, keys),
        (deletions, ongoing) -> MinioAnswers.refusals(deletions, keys, call));
  }

  @Override
  public Optional<Tags> tags(ObjectName name, Call call) {
    return attempts.unless(
        NO_OBJECT,
        call,
        ALWAYS,
        () ->
            client.getObjectTags(
                GetObjectTagsArgs.builder()
                    .bucket(name.bucket())
                    .object(addressable(name, call))
                    .build()),
        (found, ongoing) -> MinioAnswers.tags(found));
  }

  /** Somebody else's is denied, as anything is with wrong credentials; HEAD does not tell which. */
  @Override
  public boolean hasBucket(String bucket, Call call) {
    return attempts
        .unless(
            NO_BUCKET,
            call,
            ALWAYS,
            () -> client.headBucket(HeadBucketArgs.builder().bucket(bucket).build()),
            (found, ongoing) -> {
              new AnswerHeaders(found.headers()).requireNoPage();
              return found;
            })
        .isPresent();
  }

  /** Asks before, because Ceph, and Amazon in its first region, create what is there once more. */
  @Override
  public boolean createBucket(String bucket, Call call) {
    if (isOurs(bucket, call)) {
      return false;
    }
    try {
      attempts.of(call, ALWAYS, () -> done(creation(bucket)), (isDone, ongoing) -> isDone);
      return true;
    } catch (StorageBucketException e) {
      if (isOurs(bucket, call)) {
        return false; // made by somebody else of us, or by an attempt whose answer was lost
      }
      throw e;
    }
  }

  @Override
  public void deleteBucket(String bucket, Call call) {
    attempts.of(
        call,
        ALWAYS,
        () -> done(client.removeBucket(RemoveBucketArgs.builder().bucket(bucket).build())),
        (isDone, ongoing) -> isDone);
  }

  @Override
  public Account account(Call call) {
    return attempts.of(
        call,
        ALWAYS,
        () -> client.listBucketsAPI(ListBucketsArgs.builder().build()),
        (found, ongoing) -> BucketWords.account(found.result()));
  }

  @Override
  public Optional<String> policy(String bucket, Call call) {
    return told(bucket, "policy", NO_POLICY, call);
  }

  @Override
  public Optional<Boolean> policyStatus(String bucket, Call call) {
    return told(bucket, "policyStatus", NO_POLICY, call)
        .map(xml -> BucketWords.isPublic(xml).orElseThrow(() -> MinioFailures.notTold(call)));
  }

  @Override
  public AccessList accessList(String bucket, Call call) {
    return told(bucket, "acl", Set.of(), call)
        .flatMap(BucketWords::accessList)
        .orElseThrow(() -> MinioFailures.notTold(call));
  }

  @Override
  public Optional<PublicAccessBlock> publicAccessBlock(String bucket, Call call) {
    return told(bucket, "publicAccessBlock", NO_BLOCK, call)
        .map(xml -> BucketWords.block(xml).orElseThrow(() -> MinioFailures.notTold(call)));
  }

  @Override
  public boolean keepsVersions(String bucket, Call call) {
    return told(bucket, "versioning", Set.of(), call)
        .map(xml -> BucketWords.keepsVersions(xml).orElseThrow(() -> MinioFailures.notTold(call)))
        .orElse(false);
  }

  @Override
  public boolean locksVersions(String bucket, Call call) {
    return told(bucket, "object-lock", NO_LOCK, call)
        .filter(BucketWords::locksVersions)
        .isPresent();
  }

  @Override
  public void deleteVersions(ObjectName name, Call call) {
    List<String> versions =
        attempts.of(
            call,
            ALWAYS,
            () ->
                client.listObjectVersions(
                    ListObjectVersionsArgs.builder()
                        .bucket(name.bucket())
                        .prefix(name.key())
                        .build()),
            (page, ongoing) -> MinioAnswers.versions(page.result(), name.key()));
    for (String each : versions) {
      attempts.of(
          call,
          ALWAYS,
          () ->
              done(
                  client.removeObject(
                      RemoveObjectArgs.builder()
                          .bucket(name.bucket())
                          .object(addressable(name, call))
                          .versionId(each)
                          .build())),
          (isDone, ongoing) -> isDone);
    }
  }

  @Override
  public int corsRules(String bucket, Call call) {
    return told(bucket, "cors", NO_CORS, call)
        .map(xml -> BucketWords.corsRules(xml).orElseThrow(() -> MinioFailures.notTold(call)))
        .orElse(0);
  }

  @Override
  public void harden(String bucket, Call call) {
    BucketWords.HARDENING.forEach(
        (what, xml) ->
            attempts.of(
                call,
                ALWAYS,
                () -> done(plain.say(bucket, what, xml).thenAccept(Response::close)),
                (isDone, ongoing) -> isDone));
  }

  private Optional<String> told(String bucket, String what, Set<String> nothing, Call call) {
    return attempts.unless(
        nothing,
        call,
        ALWAYS,
        () -> plain.ask(bucket, what),
        (answer, ongoing) -> BucketWords.text(answer));
  }

  @Override
  public UploadListing openUploads(String bucket, Optional<UploadMarker> after, Call call) {
    return attempts.of(
        call,
        ALWAYS,
        () ->
            client.listMultipartUploads(
                ListMultipartUploadsArgs.builder()
                    .bucket(bucket)
                    .keyMarker(after.map(UploadMarker::key).orElse(null))
                    .uploadIdMarker(after.map(UploadMarker::id).orElse(null))
                    .build()),
        (page, ongoing) -> MinioAnswers.uploads(bucket, page.result()));
  }

  @Override
  public Instant time(String bucket, Call call) {
    return attempts
        .of(
            call,
            ALWAYS,
            () -> client.headBucket(HeadBucketArgs.builder().bucket(bucket).build()),
            (found, ongoing) -> new AnswerHeaders(found.headers()).at())
        .orElseThrow(
            () ->
                new StorageConnectionException(
                    call.context(), "the server does not tell what time it is"));
  }

  @Override
  public Optional<LifecycleDocument> lifecycle(String bucket, Call call) {
    return attempts.unless(
        NO_RULES,
        call,
        ALWAYS,
        () -> plain.lifecycle(bucket),
        (answer, ongoing) -> PlainRequests.lifecycle(answer));
  }

  @Override
  public void putLifecycle(String bucket, LifecycleDocument rules, Call call) {
    attempts.of(
        call, ALWAYS, () -> done(plain.putLifecycle(bucket, rules)), (isDone, ongoing) -> isDone);
  }

  @Override
  public void deleteLifecycle(String bucket, Call call) {
    attempts.of(
        call,
        ALWAYS,
        () ->
            done(
                client.deleteBucketLifecycle(
                    DeleteBucketLifecycleArgs.builder().bucket(bucket).build())),
        (isDone, ongoing) -> isDone);
  }

  @Override
  public SignedLink sign(ObjectName name, LinkTerms terms, Call call) {
    return links.sign(new ObjectName(name.bucket(), addressable(name, call)), terms, call);
  }

  @Override
  public void close() {
    close.run();
  }

  private static ObjectArgs place(ObjectName name, Call call) {
    return HeadObjectArgs.builder().bucket(name.bucket()).object(addressable(name, call)).build();
  }

  /** If nobody waits for the answer any more, what a client of the caller's still sends ends. */
  private Written sent(
      StagedContent content,
      Call call,
      WriteCondition condition,
      Supplier<CompletableFuture<Headers>> request) {
    try {
      return attempts.of(
          call,
          condition,
          request,
          (answer, ongoing) -> {
            AnswerHeaders headers = new AnswerHeaders(answer);
            return new Written(headers, headers.version());
          });
    } catch (StorageConnectionException | StorageInterruptedException e) {
      content.cancel();
      throw e;
    }
  }

  private CompletableFuture<?> creation(String bucket) {
    return region.equals(DEFAULT_REGION)
        ? plain.createBucket(bucket)
        : client.createBucket(CreateBucketArgs.builder().bucket(bucket).region(region).build());
  }

  private boolean isOurs(String bucket, Call call) {
    try {
      return hasBucket(bucket, call);
    } catch (StorageAccessDeniedException e) {
      return false; // then creating it will tell why
    }
  }

  /** For answers that tell nothing but that all went well. */
  private static CompletableFuture<Boolean> done(CompletableFuture<?> request) {
    return request.thenApply(nothing -> true);
  }

  private Receipt receipt(ObjectName name, Written written, Call call) {
    Instant at =
        written
            .headers()
            .at()
            .or(() -> head(name, call).map(ObjectFacts::modified))
            .orElseThrow(
                () ->
                    new StorageConnectionException(
                        call.context(), "the server does not tell what time it is"));
    return new Receipt(written.version(), at);
  }

  private static WriteCondition condition(Optional<VersionToken> version) {
    return version.map(WriteCondition::ifUnchanged).orElse(ALWAYS);
  }

  /** The key, if the SDK does not make another of it. */
  private static String addressable(ObjectName name, Call call) {
    if (name.key().contains("//")) {
      throw new StorageUnsupportedException(
          call.context(), "the MinIO SDK takes two slashes in the key for one");
    }
    return name.key();
  }
}
