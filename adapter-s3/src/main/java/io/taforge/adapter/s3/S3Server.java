package io.taforge.adapter.s3;

import static io.taforge.adapter.s3.Asking.asking;

import io.taforge.adapter.s3.ReadAnswers.Expected;
import io.taforge.artifact.InvalidMetadataException;
import io.taforge.artifact.Sha256;
import io.taforge.artifact.Tags;
import io.taforge.storage.ByteRange;
import io.taforge.storage.CorrelationId;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.VersionToken;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.Call;
import io.taforge.storage.remote.ContentRange;
import io.taforge.storage.remote.DeletionReader;
import io.taforge.storage.remote.DeletionReader.Deletions;
import io.taforge.storage.remote.LifecycleDocument;
import io.taforge.storage.remote.LinkTerms;
import io.taforge.storage.remote.ListingReader;
import io.taforge.storage.remote.ObjectHeaders;
import io.taforge.storage.remote.ObjectLock;
import io.taforge.storage.remote.ObjectName;
import io.taforge.storage.remote.ObjectServer;
import io.taforge.storage.remote.Part;
import io.taforge.storage.remote.StagedContent;
import io.taforge.storage.remote.WireMetadata;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketLocationConstraint;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.GetBucketAclResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ListBucketsResponse;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.Owner;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Response;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** Makes the requests, through the AWS SDK's blocking client. */
final class S3Server implements ObjectServer {
  private static final String FIRST_REGION = "us-east-1";

  private final S3Client client;
  private final S3Settings settings;
  private final boolean isFull;
  private final boolean readsAnswers;
  private final TimeLimits timeLimits;
  private final S3Links links;
  private final Runnable close;
  private final Optional<CorrelationId> correlation;
  private volatile @Nullable AwsRequestOverrideConfiguration lastLimited;

  /**
   * On a client.
   *
   * @param timeKeeper of the client
   * @param close what closing this does
   */
  S3Server(S3Client client, S3Settings settings, TimeKeeper timeKeeper, Runnable close) {
    this.client = client;
    this.settings = settings;
    this.isFull = settings.integrity() == S3Settings.Integrity.FULL;
    this.readsAnswers = ReadAnswers.areKnownTo(client);
    this.timeLimits = TimeLimits.of(client, timeKeeper, settings.transfers());
    this.links = new S3Links(client.serviceClientConfiguration(), settings.connection());
    this.close = close;
    this.correlation = Optional.empty();
  }

  /** The same, for each of its requests; the client is not looked at again. */
  private S3Server(S3Server other, CorrelationId id) {
    this.client = other.client;
    this.settings = other.settings;
    this.isFull = other.isFull;
    this.readsAnswers = other.readsAnswers;
    this.timeLimits = other.timeLimits;
    this.links = other.links;
    this.close = other.close;
    this.correlation = Optional.of(id);
  }

  @Override
  public ObjectServer correlated(CorrelationId id) {
    return new S3Server(this, id);
  }

  @Override
  public Receipt put(
      ObjectName name,
      ObjectHeaders headers,
      StagedContent content,
      WriteCondition condition,
      Call call) {
    Part whole = content.parts().get(0);
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(name.bucket())
            .key(name.key())
            .contentType(headers.contentType().value())
            .metadata(headers.metadata().entries());
    configuration(call).ifPresent(request::overrideConfiguration);
    if (!headers.tags().isEmpty()) {
      request.tagging(tagging(headers.tags()));
    }
    if (isFull) {
      request.checksumSHA256(base64(whole.sha256()));
    }
    if (condition instanceof WriteCondition.IfAbsent) {
      request.ifNoneMatch("*");
    } else if (condition instanceof WriteCondition.IfUnchanged unchanged) {
      request.ifMatch(unchanged.version().value());
    }
    PutObjectResponse answer =
        new Asking(condition, call)
            .sending(whole.sha256())
            .answer(() -> client.putObject(request.build(), body(content, whole)));
    return receipt(name, answer.eTag(), answer, call);
  }

  @Override
  public String beginUpload(ObjectName name, ObjectHeaders headers, Call call) {
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder()
            .bucket(name.bucket())
            .key(name.key())
            .contentType(headers.contentType().value())
            .metadata(headers.metadata().entries())
            .overrideConfiguration(limits(call));
    if (!headers.tags().isEmpty()) {
      request.tagging(tagging(headers.tags()));
    }
    if (isFull) {
      request.checksumAlgorithm(ChecksumAlgorithm.SHA256);
    }
    String id = asking(call).answer(() -> client.createMultipartUpload(request.build())).uploadId();
    if (id == null) {
      throw S3Failures.notAServer(call);
    }
    return id;
  }

  @Override
  public SentPart sendPart(
      ObjectName name, String id, StagedContent content, Part part, Call call) {
    UploadPartRequest.Builder request =
        UploadPartRequest.builder()
            .bucket(name.bucket())
            .key(name.key())
            .uploadId(id)
            .partNumber(part.number())
            .overrideConfiguration(limits(call));
    if (isFull) {
      request.checksumSHA256(base64(part.sha256()));
    }
    String tag =
        asking(call)
            .sending(part.sha256())
            .answer(() -> client.uploadPart(request.build(), body(content, part)))
            .eTag();
    return new SentPart(part, version(tag, call));
  }

  @Override
  public Receipt completeUpload(
      ObjectName name, String id, List<SentPart> parts, WriteCondition condition, Call call) {
    List<CompletedPart> completed = parts.stream().map(this::completed).toList();
    var answer =
        new Asking(condition, call)
            .answer(
                () ->
                    client.completeMultipartUpload(
                        request -> {
                          request
                              .bucket(name.bucket())
                              .key(name.key())
                              .uploadId(id)
                              .multipartUpload(upload -> upload.parts(completed))
                              .overrideConfiguration(limits(call));
                          if (condition instanceof WriteCondition.IfAbsent) {
                            request.ifNoneMatch("*");
                          } else if (condition instanceof WriteCondition.IfUnchanged unchanged) {
                            request.ifMatch(unchanged.version().value());
                          }
                        }));
    return receipt(name, answer.eTag(), answer, call);
  }

  @Override
  public boolean abortUpload(ObjectName name, String id, Call call) {
    return asking(call)
        .answerUnless(
            hasCode("NoSuchUpload"),
            () ->
                client.abortMultipartUpload(
                    request ->
                        request
                            .bucket(name.bucket())
                            .key(name.key())
                            .uploadId(id)
                            .overrideConfiguration(limits(call))))
        .isPresent();
  }

  @Override
  public Optional<ObjectFacts> head(ObjectName name, Call call) {
    return asking(call)
        .answerUnless(
            S3Server::isMissing,
            () ->
                client.headObject(
                    request ->
                        request
                            .bucket(name.bucket())
                            .key(name.key())
                            .overrideConfiguration(limits(call))))
        .map(
            answer ->
                facts(
                    required(answer.contentLength(), call),
                    required(answer.lastModified(), call),
                    version(answer.eTag(), call),
                    answer.contentType(),
                    answer.metadata(),
                    ObjectLock.isInForce(
                        answer.objectLockLegalHoldStatusAsString(),
                        Optional.ofNullable(answer.objectLockRetainUntilDate()),
                        date(answer))));
  }

  @Override
  public Optional<ObjectBody> get(
      ObjectName name, Optional<ByteRange> range, Optional<VersionToken> version, Call call) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(name.bucket()).key(name.key());
    configuration(call).ifPresent(request::overrideConfiguration);
    range.map(ContentRange::header).ifPresent(request::range);
    version.map(VersionToken::value).ifPresent(request::ifMatch);
    if (isFull) {
      request.checksumMode(ChecksumMode.ENABLED);
    }
    WriteCondition condition =
        version.map(WriteCondition::ifUnchanged).orElse(WriteCondition.always());
    return new Asking(condition, call)
        .forStream()
        .answerUnless(
            hasCode("NoSuchKey"),
            () -> client.getObject(request.build(), ResponseTransformer.toInputStream()))
        .map(answer -> body(answer, call));
  }

  @Override
  public Listing list(
      String bucket, String prefix, boolean areFolders, String after, int most, Call call) {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).maxKeys(most);
    if (!after.isEmpty()) {
      request.startAfter(after);
    }
    if (areFolders) {
      request.delimiter("/");
    }
    AwsRequestOverrideConfiguration.Builder override = AwsRequestOverrideConfiguration.builder();
    limits(call).accept(override);
    Expected<Listing> page = new Expected<>(ListingReader::read).from(override, readsAnswers);
    asking(call)
        .answer(
            () -> client.listObjectsV2(request.overrideConfiguration(override.build()).build()));
    return required(page.answer(), call);
  }

  /** What no server of S3 leaves out. */
  private static <T> T required(@Nullable T value, Call call) {
    if (value == null) {
      throw S3Failures.notAServer(call);
    }
    return value;
  }

  @Override
  public void delete(ObjectName name, Optional<VersionToken> version, Call call) {
    WriteCondition condition =
        version.map(WriteCondition::ifUnchanged).orElse(WriteCondition.always());
    new Asking(condition, call)
        .answerUnless(
            hasCode("NoSuchKey"),
            () ->
                client.deleteObject(
                    request -> {
                      request
                          .bucket(name.bucket())
                          .key(name.key())
                          .overrideConfiguration(limits(call));
                      version.map(VersionToken::value).ifPresent(request::ifMatch);
                    }));
  }

  @Override
  public List<Refusal> deleteBatch(String bucket, List<String> keys, Call call) {
    List<ObjectIdentifier> objects =
        keys.stream().map(key -> ObjectIdentifier.builder().key(key).build()).toList();
    AwsRequestOverrideConfiguration.Builder override = AwsRequestOverrideConfiguration.builder();
    limits(call).accept(override);
    Expected<Deletions> answer = new Expected<>(DeletionReader::read).from(override, readsAnswers);
    asking(call)
        .answer(
            () ->
                client.deleteObjects(
                    request ->
                        request
                            .bucket(bucket)
                            .delete(batch -> batch.objects(objects))
                            .overrideConfiguration(override.build())));
    Deletions deletions = required(answer.answer(), call);
    List<Refusal> refusals = new ArrayList<>();
    for (DeletionReader.Kept error : deletions.errors()) {
      if (!error.code().equals("NoSuchKey")) {
        refusals.add(new Refusal(error.key(), S3Failures.refusal(error, call)));
      }
    }
    deletions.unmentioned(keys).forEach(key -> refusals.add(unmentioned(key, call)));
    return refusals;
  }

  private static Refusal unmentioned(String key, Call call) {
    return new Refusal(
        key,
        new StorageBucketException(
            call.context().withKey(key), "the server does not say what became of it"));
  }

  @Override
  public Optional<Tags> tags(ObjectName name, Call call) {
    return asking(call)
        .answerUnless(
            hasCode("NoSuchKey"),
            () ->
                client.getObjectTagging(
                    request ->
                        request
                            .bucket(name.bucket())
                            .key(name.key())
                            .overrideConfiguration(limits(call))))
        .map(answer -> tags(answer.tagSet()));
  }

  @Override
  public boolean hasBucket(String bucket, Call call) {
    return asking(call)
        .answerUnless(
            S3Server::isMissing,
            () ->
                client.headBucket(
                    request -> request.bucket(bucket).overrideConfiguration(limits(call))))
        .isPresent();
  }

  @Override
  public boolean createBucket(String bucket, Call call) {
    if (isOursAlready(bucket, call)) {
      return false;
    }
    CreateBucketRequest.Builder request =
        CreateBucketRequest.builder().bucket(bucket).overrideConfiguration(limits(call));
    boolean isAmazon = settings.connection().endpoint().isEmpty();
    if (isAmazon && !settings.region().equals(FIRST_REGION)) {
      request.createBucketConfiguration(
          where -> where.locationConstraint(BucketLocationConstraint.fromValue(settings.region())));
    }
    return asking(call)
        .answerUnless(
            hasCode("BucketAlreadyOwnedByYou"), () -> client.createBucket(request.build()))
        .isPresent();
  }

  /** A bucket that we may not see may still be nobody's or somebody's; creating it will tell. */
  private boolean isOursAlready(String bucket, Call call) {
    try {
      return hasBucket(bucket, call);
    } catch (StorageAccessDeniedException e) {
      return false;
    }
  }

  @Override
  public void deleteBucket(String bucket, Call call) {
    asking(call)
        .answer(
            () ->
                client.deleteBucket(
                    request -> request.bucket(bucket).overrideConfiguration(limits(call))));
  }

  @Override
  public Account account(Call call) {
    ListBucketsResponse answer =
        asking(call)
            .answer(
                () -> client.listBuckets(request -> request.overrideConfiguration(limits(call))));
    return new Account(
        Optional.ofNullable(answer.owner()).map(Owner::id),
        answer.buckets().stream()
            .map(Bucket::name)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet()));
  }

  @Override
  public Optional<String> policy(String bucket, Call call) {
    return asking(call)
        .answerUnless(
            hasCode("NoSuchBucketPolicy"),
            () ->
                client.getBucketPolicy(
                    request -> request.bucket(bucket).overrideConfiguration(limits(call))))
        .map(answer -> told(answer.policy(), call));
  }

  @Override
  public Optional<Boolean> policyStatus(String bucket, Call call) {
    return asking(call)
        .answerUnless(
            hasCode("NoSuchBucketPolicy"),
            () ->
                client.getBucketPolicyStatus(
                    request -> request.bucket(bucket).overrideConfiguration(limits(call))))
        .map(answer -> told(told(answer.policyStatus(), call).isPublic(), call));
  }

  @Override
  public AccessList accessList(String bucket, Call call) {
    GetBucketAclResponse answer =
        asking(call)
            .answer(
                () ->
                    client.getBucketAcl(
                        request -> request.bucket(bucket).overrideConfiguration(limits(call))));
    return new AccessList(
        Optional.ofNullable(answer.owner()).map(Owner::id).orElse(""),
        answer.grants().stream()
            .map(Grant::grantee)
            .flatMap(each -> Stream.of(each.uri(), each.id()).filter(Objects::nonNull).limit(1))
            .toList());
  }

  @Override
  public Optional<PublicAccessBlock> publicAccessBlock(String bucket, Call call) {
    return asking(call)
        .answerUnless(
            hasCode("NoSuchPublicAccessBlockConfiguration"),
            () ->
                client.getPublicAccessBlock(
                    request -> request.bucket(bucket).overrideConfiguration(limits(call))))
        .map(answer -> told(answer.publicAccessBlockConfiguration(), call))
        .map(
            said ->
                new PublicAccessBlock(
                    Boolean.TRUE.equals(said.blockPublicAcls()),
                    Boolean.TRUE.equals(said.ignorePublicAcls()),
                    Boolean.TRUE.equals(said.blockPublicPolicy()),
                    Boolean.TRUE.equals(said.restrictPublicBuckets())));
  }

  /** A server that does not know a question may answer another one, and the SDK finds nothing. */
  private static <T> T told(@Nullable T value, Call call) {
    if (value == null) {
      throw S3Failures.notTold(call);
    }
    return value;
  }

  @Override
  public boolean keepsVersions(String bucket, Call call) {
    return asking(call)
            .answer(
                () ->
                    client.getBucketVersioning(
                        request -> request.bucket(bucket).overrideConfiguration(limits(call))))
            .status()
        != null;
  }

  @Override
  public boolean locksVersions(String bucket, Call call) {
    return asking(call)
        .answerUnless(
            hasCode("ObjectLockConfigurationNotFoundError"),
            () ->
                client.getObjectLockConfiguration(
                    request -> request.bucket(bucket).overrideConfiguration(limits(call))))
        .filter(answer -> answer.objectLockConfiguration() != null)
        .isPresent();
  }

  @Override
  public void deleteVersions(ObjectName name, Call call) {
    ListObjectVersionsResponse found =
        asking(call)
            .answer(
                () ->
                    client.listObjectVersions(
                        request ->
                            request
                                .bucket(name.bucket())
                                .prefix(name.key())
                                .overrideConfiguration(limits(call))));
    Stream.concat(
            found.versions().stream()
                .filter(each -> name.key().equals(each.key()))
                .map(ObjectVersion::versionId),
            found.deleteMarkers().stream()
                .filter(each -> name.key().equals(each.key()))
                .map(DeleteMarkerEntry::versionId))
        .forEach(version -> deleteVersion(name, version, call));
  }

  private void deleteVersion(ObjectName name, String version, Call call) {
    asking(call)
        .answer(
            () ->
                client.deleteObject(
                    request ->
                        request
                            .bucket(name.bucket())
                            .key(name.key())
                            .versionId(version)
                            .overrideConfiguration(limits(call))));
  }

  @Override
  public int corsRules(String bucket, Call call) {
    return asking(call)
        .answerUnless(
            hasCode("NoSuchCORSConfiguration"),
            () ->
                client.getBucketCors(
                    request -> request.bucket(bucket).overrideConfiguration(limits(call))))
        .map(answer -> told(answer.hasCorsRules() ? answer.corsRules() : null, call))
        .orElse(List.of())
        .size();
  }

  @Override
  public void harden(String bucket, Call call) {
    asking(call)
        .answer(
            () ->
                client.putPublicAccessBlock(
                    request ->
                        request
                            .bucket(bucket)
                            .publicAccessBlockConfiguration(Hardening.BLOCK)
                            .overrideConfiguration(limits(call))));
    asking(call)
        .answer(
            () ->
                client.putBucketOwnershipControls(
                    request ->
                        request
                            .bucket(bucket)
                            .ownershipControls(Hardening.OWNERSHIP)
                            .overrideConfiguration(limits(call))));
    asking(call)
        .answer(
            () ->
                client.putBucketEncryption(
                    request ->
                        request
                            .bucket(bucket)
                            .serverSideEncryptionConfiguration(Hardening.ENCRYPTION)
                            .overrideConfiguration(limits(call))));
  }

  @Override
  public UploadListing openUploads(String bucket, Optional<UploadMarker> after, Call call) {
    ListMultipartUploadsResponse page =
        asking(call)
            .answer(
                () ->
                    client.listMultipartUploads(
                        request ->
                            request
                                .bucket(bucket)
                                .keyMarker(after.map(UploadMarker::key).orElse(null))
                                .uploadIdMarker(after.map(UploadMarker::id).orElse(null))
                                .overrideConfiguration(limits(call))));
    List<OpenUpload> uploads =
        page.uploads().stream()
            .map(
                each ->
                    new OpenUpload(
                        new ObjectName(bucket, each.key()), each.uploadId(), each.initiated()))
            .toList();
    boolean isMore = Boolean.TRUE.equals(page.isTruncated()) && page.nextKeyMarker() != null;
    String id = page.nextUploadIdMarker() == null ? "" : page.nextUploadIdMarker();
    return new UploadListing(
        uploads,
        isMore ? Optional.of(new UploadMarker(page.nextKeyMarker(), id)) : Optional.empty());
  }

  @Override
  public Instant time(String bucket, Call call) {
    S3Response answer =
        asking(call)
            .answer(
                () ->
                    client.headBucket(
                        request -> request.bucket(bucket).overrideConfiguration(limits(call))));
    return date(answer)
        .orElseThrow(
            () ->
                new StorageConnectionException(
                    call.context(), "the server does not tell what time it is"));
  }

  @Override
  public Optional<LifecycleDocument> lifecycle(String bucket, Call call) {
    RawXml raw = RawXml.reading();
    return asking(call)
        .answerUnless(
            hasCode("NoSuchLifecycleConfiguration"),
            () ->
                client.getBucketLifecycleConfiguration(
                    request ->
                        request
                            .bucket(bucket)
                            .overrideConfiguration(limits(call).andThen(o -> o.addPlugin(raw)))))
        .map(
            answer ->
                new LifecycleDocument(
                    raw.received(),
                    Optional.ofNullable(answer.transitionDefaultMinimumObjectSizeAsString())));
  }

  @Override
  public void putLifecycle(String bucket, LifecycleDocument rules, Call call) {
    RawXml raw = RawXml.sending(rules.xml());
    asking(call)
        .answer(
            () ->
                client.putBucketLifecycleConfiguration(
                    request ->
                        request
                            .bucket(bucket)
                            .transitionDefaultMinimumObjectSize(
                                rules.transitionMinimum().orElse(null))
                            .lifecycleConfiguration(sent -> sent.rules(List.of()))
                            .overrideConfiguration(limits(call).andThen(o -> o.addPlugin(raw)))));
  }

  @Override
  public void deleteLifecycle(String bucket, Call call) {
    asking(call)
        .answer(
            () ->
                client.deleteBucketLifecycle(
                    request -> request.bucket(bucket).overrideConfiguration(limits(call))));
  }

  @Override
  public SignedLink sign(ObjectName name, LinkTerms terms, Call call) {
    LinkTerms all =
        terms
            .content()
            .filter(checksum -> isFull)
            .map(checksum -> terms.withHeader("x-amz-checksum-sha256", base64(checksum)))
            .orElse(terms);
    return asking(call).made(() -> links.sign(name, all, call));
  }

  @Override
  public void close() {
    close.run();
  }

  private static boolean isMissing(S3Exception failure) {
    return failure.statusCode() == 404;
  }

  private static Predicate<S3Exception> hasCode(String code) {
    return failure ->
        failure.awsErrorDetails() != null && code.equals(failure.awsErrorDetails().errorCode());
  }

  /** For every request: how long it may take, if only the SDK can see to that, and to what end. */
  private Consumer<AwsRequestOverrideConfiguration.Builder> limits(Call call) {
    return override -> {
      timeLimits.limit(override, call);
      correlation.ifPresent(
          id -> override.addApiName(name -> name.name(CorrelationId.PRODUCT).version(id.token())));
    };
  }

  /** The same for what is asked most: none costs less than one that says nothing. */
  private Optional<AwsRequestOverrideConfiguration> configuration(Call call) {
    if (timeLimits.keeper() != TimeKeeper.SDK && correlation.isEmpty()) {
      return timeLimits.inAll(call).map(this::limited);
    }
    AwsRequestOverrideConfiguration.Builder override = AwsRequestOverrideConfiguration.builder();
    limits(call).accept(override);
    return Optional.of(override.build());
  }

  /** Requests of one size have one in common, which takes two kilobytes to make. */
  private AwsRequestOverrideConfiguration limited(Duration inAll) {
    AwsRequestOverrideConfiguration known = lastLimited;
    if (known == null || !inAll.equals(known.apiCallTimeout().orElse(null))) {
      known = AwsRequestOverrideConfiguration.builder().apiCallTimeout(inAll).build();
      lastLimited = known;
    }
    return known;
  }

  private static RequestBody body(StagedContent content, Part part) {
    return RequestBody.fromContentProvider(
        ContentStreamProvider.fromInputStreamSupplier(() -> content.open(part)),
        part.length(),
        "application/octet-stream");
  }

  private static ObjectBody body(ResponseInputStream<GetObjectResponse> bytes, Call call) {
    GetObjectResponse answer = bytes.response();
    if (answer.eTag() == null || answer.contentLength() == null || answer.lastModified() == null) {
      bytes.abort();
      throw S3Failures.notAServer(call);
    }
    ContentRange range = range(bytes, call);
    ObjectFacts facts =
        facts(
            range.size(),
            answer.lastModified(),
            version(answer.eTag(), call),
            answer.contentType(),
            answer.metadata(),
            ObjectLock.isInForce(
                answer.objectLockLegalHoldStatusAsString(),
                Optional.ofNullable(answer.objectLockRetainUntilDate()),
                date(answer)));
    InputStream content = new S3Content(bytes, range.slice().length(), call.context());
    return new ObjectBody(facts, range.slice(), content);
  }

  private static ContentRange range(ResponseInputStream<GetObjectResponse> bytes, Call call) {
    GetObjectResponse answer = bytes.response();
    try {
      return ContentRange.of(answer.contentRange(), answer.contentLength());
    } catch (IllegalArgumentException e) {
      bytes.abort();
      throw S3Failures.notAServer(call);
    }
  }

  private static ObjectFacts facts(
      long size,
      Instant modified,
      VersionToken version,
      @Nullable String contentType,
      Map<String, String> metadata,
      boolean isLocked) {
    return new ObjectFacts(
        size,
        modified,
        version,
        Optional.ofNullable(contentType),
        WireMetadata.parse(metadata),
        isLocked);
  }

  private static VersionToken version(@Nullable String tag, Call call) {
    if (tag == null) {
      throw S3Failures.notAServer(call);
    }
    return new VersionToken(tag.startsWith("\"") ? tag : "\"" + tag + "\"");
  }

  private Receipt receipt(ObjectName name, @Nullable String tag, S3Response answer, Call call) {
    VersionToken version = version(tag, call);
    Instant at =
        date(answer)
            .or(() -> head(name, call).map(ObjectFacts::modified))
            .orElseThrow(
                () ->
                    new StorageConnectionException(
                        call.context(), "the server does not tell what time it is"));
    return new Receipt(version, at);
  }

  /** The server's clock, if it tells the time. */
  private static Optional<Instant> date(S3Response answer) {
    return answer.sdkHttpResponse().firstMatchingHeader("Date").flatMap(HttpDate::parse);
  }

  private CompletedPart completed(SentPart sent) {
    CompletedPart.Builder part =
        CompletedPart.builder().partNumber(sent.part().number()).eTag(sent.version().value());
    if (isFull) {
      part.checksumSHA256(base64(sent.part().sha256()));
    }
    return part.build();
  }

  private static String base64(Sha256 checksum) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(checksum.hex()));
  }

  private static Tagging tagging(Tags tags) {
    return Tagging.builder()
        .tagSet(
            tags.entries().entrySet().stream()
                .map(each -> Tag.builder().key(each.getKey()).value(each.getValue()).build())
                .toList())
        .build();
  }

  private static Tags tags(List<Tag> found) {
    try {
      return Tags.of(found.stream().collect(Collectors.toMap(Tag::key, Tag::value)));
    } catch (InvalidMetadataException e) {
      return Tags.none(); // another program's
    }
  }
}
