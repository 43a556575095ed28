package io.taforge.adapter.minio;

import io.minio.messages.ErrorResponse;
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
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** The one place that knows what failures of S3, of the MinIO SDK and of OkHttp mean. */
final class MinioFailures {
  private static final String STRANGE =
      "what answers there is not an S3 server, perhaps a proxy or a sign-in page";

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

  private MinioFailures() {}

  /** The failure without what futures put around it. */
  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause != null
            && (failure instanceof ExecutionException || failure instanceof CompletionException)
        ? unwrapped(cause)
        : failure;
  }

  /** Whether a server says that with one of these codes of S3. */
  static boolean hasCode(Throwable failure, Set<String> codes) {
    return ErrorAnswer.in(failure).filter(answer -> codes.contains(answer.code())).isPresent();
  }

  /** Whether the same request may succeed a moment later. */
  static boolean mayPass(Throwable failure) {
    return ErrorAnswer.in(failure)
        .map(MinioFailures::mayPass)
        .orElseGet(() -> isTimeout(failure) || isOfConnection(failure));
  }

  /**
   * What it means.
   *
   * @param condition under which the request was made
   */
  static StorageException translate(
      FailureContext context, WriteCondition condition, Throwable failure) {
    Throwable cause = PlainFailure.of(failure);
    Optional<ErrorAnswer> answer = ErrorAnswer.in(failure);
    if (answer.isPresent()) {
      FailureContext told = answer.get().requestId().map(context::withRequestId).orElse(context);
      return refused(told, condition, answer.get(), cause);
    }
    Optional<UnreadableContentException> content = find(UnreadableContentException.class, failure);
    if (content.isPresent()) {
      return failed(context, "the content cannot be read: " + content.get().getMessage(), cause);
    }
    if (failure instanceof IllegalArgumentException) {
      return failed(context, "the MinIO SDK does not take that: " + failure.getMessage(), cause);
    }
    return new StorageConnectionException(context, reason(failure), cause);
  }

  /** What a batch says of one of its objects. */
  static StorageException translate(FailureContext context, ErrorResponse object) {
    ErrorAnswer answer = ErrorAnswer.about(object);
    return refused(
        context, WriteCondition.always(), answer, new IOException("the server says " + answer));
  }

  private static boolean mayPass(ErrorAnswer answer) {
    return PASSING.contains(answer.code())
        || switch (answer.status()) {
          case 429, 500, 502, 503, 504 -> true;
          default -> false;
        };
  }

  private static boolean isTimeout(Throwable failure) {
    return failure instanceof TimeoutException
        || find(InterruptedIOException.class, failure).isPresent();
  }

  private static boolean isOfConnection(Throwable failure) {
    return find(IOException.class, failure).isPresent()
        && find(StrangeAnswerException.class, failure).isEmpty()
        && find(UnreadableContentException.class, failure).isEmpty()
        && !isOfCertificate(failure);
  }

  /** Not trusted, or of another server. */
  private static boolean isOfCertificate(Throwable failure) {
    return find(CertificateException.class, failure).isPresent()
        || find(SSLPeerUnverifiedException.class, failure).isPresent();
  }

  private static StorageException refused(
      FailureContext context, WriteCondition condition, ErrorAnswer answer, Throwable cause) {
    return switch (answer.code()) {
      case "NoSuchBucket" ->
          new StorageBucketException(context, "there is no bucket " + bucket(context), cause);
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
          mayPass(answer)
              ? new StorageConnectionException(
                  context, "the server is overloaded or out of order", cause)
              : refusedWithStatus(context, condition, answer, cause);
    };
  }

  /** For what has no code that says more, such as answers to HEAD, which have no body. */
  private static StorageException refusedWithStatus(
      FailureContext context, WriteCondition condition, ErrorAnswer answer, Throwable cause) {
    if (answer.isStrange()) {
      return new StorageConnectionException(context, STRANGE, cause);
    }
    return switch (answer.status()) {
      case 401, 403 -> denied(context, cause);
      case 409, 412 -> conflict(context, condition, cause);
      case 416 ->
          new StorageRangeException(
              context, "the range begins at or behind the end of the content", cause);
      case 405, 501 -> unsupported(context, cause);
      default -> failed(context, "the server says " + answer, cause);
    };
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

  private static StorageException failed(FailureContext context, String reason, Throwable cause) {
    String line = reason.replaceAll("\\s+", " ");
    return switch (context.operation()) {
      case PUT -> new StorageUploadException(context, line, cause);
      case GET -> new StorageDownloadException(context, line, cause);
      default -> new StorageBucketException(context, line, cause);
    };
  }

  /** Why there is no answer, or none that can be understood. */
  private static String reason(Throwable failure) {
    if (find(UnknownHostException.class, failure).isPresent()) {
      return "the name of the server cannot be resolved";
    }
    if (isOfCertificate(failure)) {
      return "there is no secure connection: the server's certificate is not trusted";
    }
    if (find(SSLException.class, failure).isPresent()) {
      return "there is no secure connection to the server";
    }
    if (find(ConnectException.class, failure).isPresent()
        || find(NoRouteToHostException.class, failure).isPresent()) {
      return "nothing answers at the server's address";
    }
    if (isTimeout(failure)) {
      return "there was no answer in time";
    }
    return isOfConnection(failure) ? "the connection broke" : STRANGE;
  }

  private static String bucket(FailureContext context) {
    return context.bucket().orElse("of that name");
  }

  private static <T extends Throwable> Optional<T> find(Class<T> type, Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return Optional.of(type.cast(each));
      }
    }
    return Optional.empty();
  }
}
