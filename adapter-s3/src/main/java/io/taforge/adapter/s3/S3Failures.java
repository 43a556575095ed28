package io.taforge.adapter.s3;

import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageDownloadException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageRangeException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.Call;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Error;

/** The one place that knows what failures of S3 and of the AWS SDK mean. */
final class S3Failures {
  private S3Failures() {}

  static StorageException translate(
      SdkException failure, Call call, String bucket, WriteCondition condition) {
    FailureContext context = call.context().withAttempts(attempts(failure));
    if (failure instanceof AwsServiceException answer) {
      String id = answer.requestId();
      return translate(answer, id == null ? context : context.withRequestId(id), bucket, condition);
    }
    return noAnswer(failure, context);
  }

  private static int attempts(SdkException failure) {
    Integer counted = failure.numAttempts();
    return Math.max(counted == null ? 1 : counted, AttemptCounter.count());
  }

  /** What a batch says of one of its objects. */
  static StorageException refusal(S3Error error, Call call, String bucket) {
    AwsServiceException failure =
        AwsServiceException.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode(error.code())
                    .errorMessage(error.message())
                    .build())
            .build();
    FailureContext context = call.context().withKey(error.key());
    return translate(failure, context, bucket, WriteCondition.always());
  }

  /** An answer that no S3 server gives. */
  static StorageConnectionException notAServer(Call call) {
    return new StorageConnectionException(
        call.context(),
        "what answers there is not an S3 server, perhaps a proxy or a sign-in page");
  }

  private static StorageException translate(
      AwsServiceException answer, FailureContext context, String bucket, WriteCondition condition) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    return switch (code) {
      case "NoSuchBucket" ->
          new StorageBucketException(context, "there is no bucket " + bucket, answer);
      case "NoSuchKey" ->
          condition instanceof WriteCondition.IfUnchanged
              ? conflict(context, condition, answer)
              : new StorageNotFoundException(context, "there is no such object", answer);
      case "BucketAlreadyExists" ->
          new StorageBucketException(context, "the bucket belongs to somebody else", answer);
      case "BucketNotEmpty" -> new StorageBucketException(context, "it is not empty", answer);
      case "AccessDenied", "AllAccessDisabled", "AccountProblem" ->
          new StorageAccessDeniedException(
              context, "the server denies access with these credentials", answer);
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" ->
          new StorageAccessDeniedException(
              context, "the server does not accept the credentials", answer);
      case "RequestTimeTooSkewed" ->
          new StorageAccessDeniedException(
              context, "this machine's clock differs too much from the server's", answer);
      case "PreconditionFailed", "ConditionalRequestConflict" ->
          conflict(context, condition, answer);
      case "InvalidRange" ->
          new StorageRangeException(
              context, "the range begins at or behind the end of the content", answer);
      case "BadDigest", "XAmzContentSHA256Mismatch", "InvalidDigest" ->
          new StorageIntegrityException(
              context,
              "the server got other content than was announced; nothing was stored",
              answer);
      case "NotImplemented" ->
          new StorageUnsupportedException(context, "the server cannot do that", answer);
      case "SlowDown", "RequestTimeout", "InternalError", "ServiceUnavailable", "Throttling" ->
          overloaded(context, answer);
      default -> byStatus(answer, code, context, bucket, condition);
    };
  }

  /** For errors without a code that is known, such as those of HEAD, which have no body. */
  private static StorageException byStatus(
      AwsServiceException answer,
      String code,
      FailureContext context,
      String bucket,
      WriteCondition condition) {
    int status = answer.statusCode();
    if (status == 401 || status == 403) {
      return new StorageAccessDeniedException(
          context, "the server denies access with these credentials", answer);
    }
    if (status == 404 && code.isEmpty()) {
      return new StorageBucketException(context, "there is no bucket " + bucket, answer);
    }
    if (status == 409 || status == 412) {
      return conflict(context, condition, answer);
    }
    if (status == 416) {
      return new StorageRangeException(
          context, "the range begins at or behind the end of the content", answer);
    }
    if (status == 501) {
      return new StorageUnsupportedException(context, "the server cannot do that", answer);
    }
    if (status == 429 || status >= 500) {
      return overloaded(context, answer);
    }
    if (status / 100 == 3 || (status > 0 && code.isEmpty())) {
      return new StorageConnectionException(
          context, "the server has answered with the HTTP status " + status, answer);
    }
    return failed(context, "the server says: " + (code.isEmpty() ? status : code), answer);
  }

  private static StorageException conflict(
      FailureContext context, WriteCondition condition, AwsServiceException answer) {
    if (condition instanceof WriteCondition.IfAbsent) {
      return new StorageConflictException(
          context, StorageConflictException.Condition.ABSENT, "it is already stored", answer);
    }
    if (condition instanceof WriteCondition.IfUnchanged) {
      return new StorageConflictException(
          context,
          StorageConflictException.Condition.UNCHANGED,
          "it has changed since it was read",
          answer);
    }
    return failed(context, "something else is changing it at the same time", answer);
  }

  private static StorageException overloaded(FailureContext context, AwsServiceException answer) {
    return new StorageConnectionException(
        context, "the server is overloaded or out of order", answer);
  }

  private static StorageException noAnswer(SdkException failure, FailureContext context) {
    List<Throwable> chain = chain(failure);
    boolean isTimeout =
        chain.stream()
            .anyMatch(
                each ->
                    each instanceof ApiCallAttemptTimeoutException
                        || each instanceof ApiCallTimeoutException
                        || each instanceof java.net.SocketTimeoutException);
    boolean isInterrupt =
        chain.stream()
            .anyMatch(
                each -> each instanceof AbortedException || each instanceof InterruptedException);
    if (isInterrupt && !isTimeout) {
      Thread.currentThread().interrupt();
      return new StorageInterruptedException(context, "the thread was interrupted", failure);
    }
    for (Throwable each : chain) {
      if (each instanceof StorageException known) {
        return known;
      }
    }
    return new StorageConnectionException(context, reason(chain, isTimeout), failure);
  }

  private static String reason(List<? extends Throwable> chain, boolean isTimeout) {
    for (Throwable each : chain) {
      if (each instanceof UnknownHostException) {
        return "the name of the server cannot be resolved";
      }
      if (each instanceof SSLException) {
        return "there is no secure connection: " + oneLine(each.getMessage());
      }
      if (each instanceof ConnectException || each instanceof NoRouteToHostException) {
        return "nothing answers at the server's address";
      }
    }
    if (isTimeout) {
      return "there was no answer in time";
    }
    boolean isXml =
        chain.stream().anyMatch(each -> each instanceof javax.xml.stream.XMLStreamException);
    String last = String.valueOf(chain.get(chain.size() - 1).getMessage());
    return isXml || last.contains("parse XML")
        ? "what answers there is not an S3 server, perhaps a proxy or a sign-in page"
        : "the connection failed: " + oneLine(last);
  }

  private static StorageException failed(
      FailureContext context, String reason, AwsServiceException answer) {
    return switch (context.operation()) {
      case PUT -> new StorageUploadException(context, reason, answer);
      case GET -> new StorageDownloadException(context, reason, answer);
      default -> new StorageBucketException(context, reason, answer);
    };
  }

  private static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable each = failure; each != null && !chain.contains(each); each = each.getCause()) {
      chain.add(each);
    }
    return chain;
  }

  private static String oneLine(@Nullable String text) {
    return String.valueOf(text).replaceAll("\\s+", " ");
  }
}
