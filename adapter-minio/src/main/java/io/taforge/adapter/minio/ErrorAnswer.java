package io.taforge.adapter.minio;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.InvalidResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.messages.ErrorResponse;
import io.taforge.storage.remote.ServerAnswer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what a server said in what the SDK makes of it. */
final class ErrorAnswer {
  private static final Pattern BODY =
      Pattern.compile(".*? Response code: (\\d{3}), .*?, body: (.*)", Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("<Code>(\\w+)</Code>");
  private static final Pattern REQUEST_ID =
      Pattern.compile("^x-amz-request-id: (\\S+)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  private ErrorAnswer() {}

  /** What a failure of the SDK tells of it; empty if there was no answer, or no refusal. */
  static Optional<ServerAnswer> in(Throwable failure) {
    if (failure instanceof ErrorResponseException refusal) {
      ErrorResponse said = refusal.errorResponse();
      String id = refusal.response().header("x-amz-request-id", said.requestId());
      return Optional.of(
          new ServerAnswer(
              refusal.response().code(), text(said.code()), false, Optional.ofNullable(id)));
    }
    if (failure instanceof ServerException refusal) {
      return Optional.of(new ServerAnswer(refusal.statusCode(), "", false, requestId(refusal)));
    }
    if (failure instanceof InvalidResponseException refusal) {
      return of(refusal);
    }
    return Optional.empty();
  }

  /** The SDK tells the status only in words, and takes nothing but application/xml for XML. */
  private static Optional<ServerAnswer> of(InvalidResponseException refusal) {
    Matcher told = BODY.matcher(text(refusal.getMessage()));
    if (!told.matches()) {
      return Optional.empty();
    }
    Matcher code = CODE.matcher(told.group(2));
    boolean isCode = code.find();
    return Optional.of(
        new ServerAnswer(
            Integer.parseInt(told.group(1)),
            isCode ? code.group(1) : "",
            !isCode && !told.group(2).isBlank(),
            requestId(refusal)));
  }

  private static Optional<String> requestId(MinioException failure) {
    Matcher matcher = REQUEST_ID.matcher(text(failure.httpTrace()));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
