package io.taforge.testbed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Looks at a condition and does what depends on it in one step, as S3 does. S3Proxy takes two steps
 * for {@code If-Match}, and now and then two of eight writers win. For the completion of an upload
 * in parts they remain two, since its condition does not come as far as the store.
 */
final class OneStepBlobStore extends ForwardingBlobStore {
  private final Lock lock = new ReentrantLock();

  OneStepBlobStore(BlobStore store) {
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
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    return inOneStep(() -> super.copyBlob(request));
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    return inOneStep(() -> super.removeBlob(request));
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
