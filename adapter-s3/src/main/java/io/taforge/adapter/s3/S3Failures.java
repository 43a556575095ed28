package io.taforge.adapter.s3;

import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageAccessDeniedException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StorageException;
import io.taforge.storage.StorageInterruptedException;
import io.taforge.storage.StorageUnsupportedException;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.Call;
import io.taforge.storage.remote.DeletionReader;
import io.taforge.storage.remote.ServerAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLException;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** The one place that knows what failures of S3 and of the AWS SDK mean. */
final class S3Failures {
  /** How the default chain begins its long report; it has no exception of its own. */
  private static final String NO_CREDENTIALS = "Unable to load credentials from any of";

  private S3Failures() {}

  static StorageException translate(SdkException failure, Call call, WriteCondition condition) {
    FailureContext context = call.context().withAttempts(attempts(failure));
    return failure instanceof AwsServiceException refusal
        ? answer(refusal).meaning(context, condition, refusal)
        : noAnswer(failure, context);
  }

  /**
   * An exception that is not the SDK's and comes out of it all the same: a connection that breaks
   * behind the headers of an answer in XML, one that is given up at its deadline before it is there
   * or while all are in use, or an answer that cannot be understood.
   */
  static StorageException escaped(RuntimeException failure, Call call) {
    FailureContext context = call.context().withAttempts(Math.max(1, AttemptCounter.count()));
    if (failure instanceof CancellationException) {
      Thread.interrupted(); // the SDK's, which cancels and interrupts whoever waits for too long
      return new StorageConnectionException(context, "there was no answer in time", failure);
    }
    if (Thread.currentThread().isInterrupted()) {
      return new StorageInterruptedException(context, "the thread was interrupted", failure);
    }
    String reason =
        failure instanceof UncheckedIOException
            ? "the connection failed: " + oneLine(failure.getMessage())
            : ServerAnswer.NOT_A_SERVER;
    return new StorageConnectionException(context, reason, failure);
  }

  private static ServerAnswer answer(AwsServiceException refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    return new ServerAnswer(
        refusal.statusCode(), code, false, Optional.ofNullable(refusal.requestId()));
  }

  private static int attempts(SdkException failure) {
    Integer counted = failure.numAttempts();
    return Math.max(counted == null ? 1 : counted, AttemptCounter.count());
  }

  /** What a batch says of one of its objects. */
  static StorageException refusal(DeletionReader.Kept error, Call call) {
    return new ServerAnswer(0, error.code(), false, Optional.empty())
        .meaning(
            call.context().withKey(error.key()),
            WriteCondition.always(),
            new IOException("the server says " + error.code()));
  }

  /** An answer that no S3 server gives. */
  static StorageConnectionException notAServer(Call call) {
    return new StorageConnectionException(call.context(), ServerAnswer.NOT_A_SERVER);
  }

  /** An answer that does not say what was asked. */
  static StorageUnsupportedException notTold(Call call) {
    return new StorageUnsupportedException(call.context(), ServerAnswer.NOT_TOLD);
  }

  /** Nobody's name to ask or to sign with. */
  static StorageAccessDeniedException noCredentials(Call call) {
    return new StorageAccessDeniedException(call.context(), "there are no credentials");
  }

  private static StorageException noAnswer(SdkException failure, FailureContext context) {
    List<Throwable> chain = chain(failure);
    boolean isTimeout =
        chain.stream()
            .anyMatch(
                each ->
                    each instanceof ApiCallAttemptTimeoutException
                        || each instanceof ApiCallTimeoutException
                        || each instanceof SocketTimeoutException);
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
    if (String.valueOf(failure.getMessage()).startsWith(NO_CREDENTIALS)) {
      return new StorageAccessDeniedException(
          context, "no credentials were given, and the AWS SDK has found none", failure);
    }
    if (context.operation() == Operation.SIGN_LINK && !isOfConnection(chain)) {
      return new StorageAccessDeniedException(
          context,
          "the AWS SDK has nothing to sign with: " + oneLine(failure.getMessage()),
          failure);
    }
    return new StorageConnectionException(context, reason(chain, isTimeout), failure);
  }

  /** Some credentials are fetched from a server. */
  private static boolean isOfConnection(List<? extends Throwable> chain) {
    return chain.stream().anyMatch(each -> each instanceof IOException);
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
    boolean isXml = chain.stream().anyMatch(each -> each instanceof XMLStreamException);
    String last = String.valueOf(chain.get(chain.size() - 1).getMessage());
    return isXml || last.contains("parse XML")
        ? ServerAnswer.NOT_A_SERVER
        : "the connection failed: " + oneLine(last);
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
