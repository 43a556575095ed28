package io.taforge.benchmark.peer;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.BlockingInputStreamAsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.transfer.s3.S3TransferManager;
import software.amazon.awssdk.transfer.s3.model.DownloadFileRequest;
import software.amazon.awssdk.transfer.s3.model.UploadFileRequest;
import software.amazon.awssdk.transfer.s3.model.UploadRequest;

/** The AWS SDK's asynchronous client, and for files its transfer manager on that. */
final class TransferManagerPeer implements Peer {
  private final Site site;
  private final S3AsyncClient client;
  private final S3TransferManager transfers;

  TransferManagerPeer(Site site, S3AsyncClient client) {
    this.site = site;
    this.client = client;
    this.transfers = S3TransferManager.builder().s3Client(client).build();
  }

  @Override
  public void put(String key, byte[] content) throws Exception {
    done(client.putObject(putOf(key), AsyncRequestBody.fromBytes(content)));
  }

  @Override
  public long get(String key) throws Exception {
    GetObjectRequest request = GetObjectRequest.builder().bucket(site.bucket()).key(key).build();
    ResponseBytes<GetObjectResponse> content =
        done(client.getObject(request, AsyncResponseTransformer.toBytes()));
    return content.asByteArrayUnsafe().length;
  }

  @Override
  public void upload(String key, Path file) throws Exception {
    done(
        transfers
            .uploadFile(
                UploadFileRequest.builder().putObjectRequest(putOf(key)).source(file).build())
            .completionFuture());
  }

  @Override
  public void upload(String key, InputStream content) throws Exception {
    BlockingInputStreamAsyncRequestBody body = AsyncRequestBody.forBlockingInputStream(null);
    var upload =
        transfers.upload(
            UploadRequest.builder().putObjectRequest(putOf(key)).requestBody(body).build());
    body.writeInputStream(content);
    done(upload.completionFuture());
  }

  @Override
  public void download(String key, Path file) throws Exception {
    done(
        transfers
            .downloadFile(
                DownloadFileRequest.builder()
                    .getObjectRequest(request -> request.bucket(site.bucket()).key(key))
                    .destination(file)
                    .build())
            .completionFuture());
  }

  @Override
  public void close() {
    transfers.close();
    client.close();
  }

  private PutObjectRequest putOf(String key) {
    return PutObjectRequest.builder().bucket(site.bucket()).key(key).build();
  }

  private static <T> T done(CompletableFuture<T> future)
      throws InterruptedException, ExecutionException {
    return future.get();
  }
}
