package io.taforge.testbed;

import io.taforge.artifact.ArtifactKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What S3 does and the store of S3Proxy does not. A condition is looked at in one step with what
 * depends on it: S3Proxy takes two for {@code If-Match}, and now and then two of eight writers win.
 * For the completion of an upload in parts they remain two, since its condition does not come as
 * far as the store. Facts and content are of one version, while S3Proxy reads them one after the
 * other. A listing is in the order of UTF-8 and not of UTF-16. A bucket without an object is empty,
 * whatever folders a refused upload has left there.
 */
final class S3LikeBlobStore extends ForwardingBlobStore {
  private static final int MOST_KEYS = 1000;

  private final Lock lock = new ReentrantLock();

  S3LikeBlobStore(BlobStore store) {
    super(store);
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
    if (request.ifMatch() == null) {
      return super.putBlob(request, content);
    }
    try {
      byte[] all = content.readAllBytes(); // nobody waits while it is on its way
      return inOneStep(
          () -> {
            check(request);
            return super.putBlob(request, new ByteArrayInputStream(all));
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
    while (true) {
      ResponseInputStream<GetObjectResponse> opened = super.getBlob(request);
      HeadObjectResponse after = blobMetadataIfPresent(request.bucket(), request.key());
      if (after == null || after.eTag().equals(opened.response().eTag())) {
        return opened;
      }
      opened.abort();
    }
  }

  @Override
  public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
    HeadObjectResponse before = super.blobMetadata(request);
    while (true) {
      HeadObjectResponse now = super.blobMetadata(request);
      if (Objects.equals(before, now)) {
        return now;
      }
      before = now;
    }
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    return inOneStep(() -> super.copyBlob(request));
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    return inOneStep(() -> super.removeBlob(request));
  }

  @Override
  public void deleteBucket(String bucket) {
    ListObjectsV2Request everything = ListObjectsV2Request.builder().bucket(bucket).build();
    if (super.list(everything).contents().isEmpty() && listMultipartUploads(bucket).isEmpty()) {
      deleteContainer(bucket);
    } else {
      super.deleteBucket(bucket);
    }
  }

  /** A part of a folder in S3's order; other listings have no names in which the orders differ. */
  @Override
  public ListObjectsV2Response list(ListObjectsV2Request request) {
    boolean isCut = request.delimiter() != null && !request.delimiter().isEmpty();
    if (isCut || request.continuationToken() != null) {
      return super.list(request);
    }
    String after = request.startAfter() == null ? "" : request.startAfter();
    int most = request.maxKeys() == null ? MOST_KEYS : request.maxKeys();
    List<S3Object> found =
        all(request).stream()
            .filter(each -> ArtifactKey.UTF_8_ORDER.compare(each.key(), after) > 0)
            .sorted(Comparator.comparing(S3Object::key, ArtifactKey.UTF_8_ORDER))
            .toList();
    List<S3Object> page = found.subList(0, Math.min(most, found.size()));
    ListObjectsV2Response.Builder answer =
        ListObjectsV2Response.builder()
            .name(request.bucket())
            .prefix(request.prefix())
            .contents(page)
            .isTruncated(page.size() < found.size());
    if (page.size() < found.size()) {
      answer.nextContinuationToken(page.isEmpty() ? after : page.get(page.size() - 1).key());
    }
    return answer.build();
  }

  private List<S3Object> all(ListObjectsV2Request request) {
    List<S3Object> all = new ArrayList<>();
    String token = null;
    do {
      ListObjectsV2Response page =
          super.list(
              ListObjectsV2Request.builder()
                  .bucket(request.bucket())
                  .prefix(request.prefix())
                  .continuationToken(token)
                  .build());
      all.addAll(page.contents());
      token = page.nextContinuationToken();
    } while (token != null);
    return all;
  }

  private void check(PutObjectRequest request) {
    HeadObjectResponse there = blobMetadataIfPresent(request.bucket(), request.key());
    if (there == null || !bare(there.eTag()).equals(bare(request.ifMatch()))) {
      throw S3Exceptions.preconditionFailed(new IllegalStateException("It has changed meanwhile"));
    }
  }

  private static String bare(String tag) {
    return tag.replace("\"", "");
  }

  private <T> T inOneStep(Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }
}
