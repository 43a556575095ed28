package io.taforge.adapter.minio;

import io.taforge.storage.FailureContext;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.Call;
import io.taforge.storage.remote.DeletionReader;
import io.taforge.storage.remote.ServerAnswer;
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
        .map(ServerAnswer::mayPass)
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
    Optional<ServerAnswer> answer = ErrorAnswer.in(failure);
    if (answer.isPresent()) {
      return answer.get().meaning(context, condition, cause);
    }
    Optional<UnreadableContentException> content = find(UnreadableContentException.class, failure);
    if (content.isPresent()) {
      return ServerAnswer.failed(
          context, "the content cannot be read: " + content.get().getMessage(), cause);
    }
    if (failure instanceof IllegalArgumentException) {
      return ServerAnswer.failed(
          context, "the MinIO SDK does not take that: " + failure.getMessage(), cause);
    }
    return new StorageConnectionException(context, reason(failure), cause);
  }

  /** What a batch says of one of its objects. */
  static StorageException translate(FailureContext context, DeletionReader.Kept object) {
    ServerAnswer answer = new ServerAnswer(0, object.code(), false, Optional.empty());
    return answer.meaning(
        context, WriteCondition.always(), new IOException("the server says " + answer));
  }

  /** An answer that does not say what was asked. */
  static StorageUnsupportedException notTold(Call call) {
    return new StorageUnsupportedException(call.context(), ServerAnswer.NOT_TOLD);
  }

  /** Nobody's name to sign with. */
  static StorageAccessDeniedException noCredentials(FailureContext context) {
    return new StorageAccessDeniedException(context, "the client has no credentials");
  }

  /** Why the client's provider has none; some ask a server for them. */
  static StorageException noCredentials(FailureContext context, RuntimeException failure) {
    Throwable cause = PlainFailure.of(failure);
    return isTimeout(failure) || isOfConnection(failure)
        ? new StorageConnectionException(
            context, "credentials cannot be fetched: " + reason(failure), cause)
        : new StorageAccessDeniedException(
            context, "the client's provider has no credentials", cause);
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
    return isOfConnection(failure) ? "the connection broke" : ServerAnswer.NOT_A_SERVER;
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
