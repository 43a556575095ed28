package io.taforge.storage.remote;

import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageConflictException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageDownloadException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageIntegrityException;
import io.taforge.storage.StorageNotFoundException;
import io.taforge.storage.StorageRangeException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.StorageUploadException;
import io.taforge.storage.WriteCondition;
import java.util.Optional;
import java.util.Set;

/**
 * What a server says when it refuses, and what that means: the same whatever SDK has asked. The
 * codes are those of the Amazon S3 API reference, "Error responses".
 *
 * @param status of HTTP; 0 if it is about one object of a batch
 * @param code of S3; empty if there is none
 * @param isStrange whether it has a body that is none of S3's, as a proxy's would be
 * @param requestId the server's name for the request, if it tells one
 */
public record ServerAnswer(int status, String code, boolean isStrange, Optional<String> requestId) {
  /** What answers but is no server: the end of a sentence. */
  public static final String NOT_A_SERVER =
      "what answers there is not an S3 server, perhaps a proxy or a sign-in page";

  /** What answers, but not what it was asked: the end of a sentence. */
  public static final String NOT_TOLD = "the server does not tell that";

  /** Of a server that has too much to do, or has had an accident. */
  private static final Set<String> PASSING =
      Set.of(
          "InternalError",
          "OperationAborted",
          "RequestTimeout",
          "ServiceUnavailable",
          "SlowDown",
          "SlowDownRead",
          "SlowDownWrite",
          "Throttling");

  /** Whether the same request may succeed a moment later. */
  public boolean mayPass() {
    return PASSING.contains(code)
        || switch (status) {
          case 429, 500, 502, 503, 504 -> true;
          default -> false;
        };
  }

  /**
   * The failure that this is.
   *
   * @param condition under which the request was made
   * @param cause the SDK's failure, without secrets
   */
  public StorageException meaning(FailureContext told, WriteCondition condition, Throwable cause) {
    FailureContext context = requestId.map(told::withRequestId).orElse(told);
    return switch (code) {
      case "NoSuchBucket" -> noBucket(context, cause);
      case "NoSuchKey" ->
          condition instanceof WriteCondition.IfUnchanged
              ? conflict(context, condition, cause)
              : new StorageNotFoundException(context, "there is no such object", cause);
      case "NoSuchUpload" ->
          failed(context, "the server does not know the upload in parts any more", cause);
      case "BucketAlreadyExists" ->
          new StorageBucketException(context, "the bucket belongs to somebody else", cause);
      case "BucketNotEmpty" ->
          new StorageBucketException(context, "the bucket is not empty", cause);
      case "PermanentRedirect", "Redirect", "AuthorizationHeaderMalformed" ->
          new StorageBucketException(
              context, "the region in the settings is not that of the bucket", cause);
      case "AccessDenied", "AllAccessDisabled", "AccountProblem" -> denied(context, cause);
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" ->
          new StorageAccessDeniedException(
              context, "the server does not accept the credentials", cause);
      case "RequestTimeTooSkewed" ->
          new StorageAccessDeniedException(
              context, "this machine's clock differs too much from the server's", cause);
      case "QuotaExceeded" -> failed(context, "the quota on the server is used up", cause);
      case "BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch" ->
          new StorageIntegrityException(
              context,
              "the server got other content than was announced; nothing was stored",
              cause);
      case "NotImplemented" -> unsupported(context, cause);
      default ->
          mayPass()
              ? new StorageConnectionException(
                  context, "the server is overloaded or out of order", cause)
              : byStatus(context, condition, cause);
    };
  }

  /** For what has no code that says more, such as answers to HEAD, which have no body. */
  private StorageException byStatus(
      FailureContext context, WriteCondition condition, Throwable cause) {
    if (isStrange) {
      return new StorageConnectionException(context, NOT_A_SERVER, cause);
    }
    return switch (status) {
      case 401, 403 -> denied(context, cause);
      case 409, 412 -> conflict(context, condition, cause);
      case 416 ->
          new StorageRangeException(
              context, "the range begins at or behind the end of the content", cause);
      case 405, 501 -> unsupported(context, cause);
      default ->
          status == 404 && code.isEmpty()
              ? unnamed(context, cause)
              : failed(context, "the server says " + this, cause);
    };
  }

  /** What is missing is said in the body of an answer, which none to HEAD has. */
  private static StorageException unnamed(FailureContext context, Throwable cause) {
    return switch (context.operation()) {
      case GET, LIST -> new StorageConnectionException(context, NOT_A_SERVER, cause);
      default -> noBucket(context, cause);
    };
  }

  private static StorageException noBucket(FailureContext context, Throwable cause) {
    return new StorageBucketException(
        context, "there is no bucket " + context.bucket().orElse("of that name"), cause);
  }

  private static StorageException conflict(
      FailureContext context, WriteCondition condition, Throwable cause) {
    if (condition instanceof WriteCondition.IfAbsent) {
      return new StorageConflictException(
          context, StorageConflictException.Condition.ABSENT, "it is already stored", cause);
    }
    if (condition instanceof WriteCondition.IfUnchanged) {
      return new StorageConflictException(
          context,
          StorageConflictException.Condition.UNCHANGED,
          "it has changed since it was read",
          cause);
    }
    return failed(context, "something else is changing it at the same time", cause);
  }

  private static StorageException denied(FailureContext context, Throwable cause) {
    return new StorageAccessDeniedException(
        context, "the server denies access with these credentials", cause);
  }

  private static StorageException unsupported(FailureContext context, Throwable cause) {
    return new StorageUnsupportedException(context, "the server cannot do that", cause);
  }

  /** What goes wrong for a reason that has no failure of its own, on one line. */
  public static StorageException failed(FailureContext context, String reason, Throwable cause) {
    String line = reason.replaceAll("\\s+", " ");
    return switch (context.operation()) {
      case PUT -> new StorageUploadException(context, line, cause);
      case GET -> new StorageDownloadException(context, line, cause);
      default -> new StorageBucketException(context, line, cause);
    };
  }

  /** For people. */
  @Override
  public String toString() {
    return (code.isEmpty() ? "" : code + ", ") + "HTTP status " + status;
  }
}
