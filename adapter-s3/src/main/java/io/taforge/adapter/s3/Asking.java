package io.taforge.adapter.s3;

import io.taforge.artifact.Sha256;
import io.taforge.storage.StorageException;
import io.taforge.storage.WriteCondition;
import io.taforge.storage.remote.Call;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * A request with its circumstances, which its failure tells.
 *
 * @param condition under which it has an effect
 * @param call what it is made for
 * @param checksum of its content, if that is known
 * @param isStream whether the answer's content is read later
 */
record Asking(WriteCondition condition, Call call, Optional<Sha256> checksum, boolean isStream) {
  /** A request under this condition. */
  Asking(WriteCondition condition, Call call) {
    this(condition, call, Optional.empty(), false);
  }

  /** A request under no condition. */
  static Asking asking(Call call) {
    return new Asking(WriteCondition.always(), call);
  }

  /** With content that has this checksum. */
  Asking sending(Sha256 content) {
    return new Asking(condition, call, Optional.of(content), isStream);
  }

  /** For content that is read when the request is over. */
  Asking forStream() {
    return new Asking(condition, call, checksum, true);
  }

  <T> T answer(Supplier<T> request) {
    return answerUnless(e -> false, request).orElseThrow();
  }

  /** The answer; empty if it is an error of which the caller knows that it means nothing. */
  <T> Optional<T> answerUnless(Predicate<S3Exception> isNothing, Supplier<T> request) {
    return translated(
        isNothing,
        () -> {
          T answer = RequestTerms.of(call, checksum, isStream).during(request);
          if (isPage(answer) || isUnwanted(answer)) {
            throw S3Failures.notAServer(call);
          }
          return answer;
        });
  }

  /** What is made without asking the server, although somebody may be asked for credentials. */
  <T> T made(Supplier<T> here) {
    return translated(e -> false, here).orElseThrow();
  }

  private <T> Optional<T> translated(Predicate<S3Exception> isNothing, Supplier<T> work) {
    AttemptCounter.reset();
    try {
      return Optional.of(work.get());
    } catch (StorageException e) {
      throw e;
    } catch (S3Exception e) {
      if (isNothing.test(e)) {
        return Optional.empty();
      }
      throw S3Failures.translate(e, call, condition);
    } catch (SdkException e) {
      throw S3Failures.translate(e, call, condition);
    } catch (RuntimeException e) {
      throw S3Failures.escaped(e, call); // the SDK lets some out when an answer breaks off
    }
  }

  /** Where S3 has nothing to say, a text is a proxy's, or an error that came too late. */
  private static boolean isUnwanted(Object answer) {
    return (answer instanceof DeleteObjectResponse
            || answer instanceof AbortMultipartUploadResponse)
        && ((S3Response) answer)
            .sdkHttpResponse()
            .firstMatchingHeader("Content-Length")
            .filter(length -> !length.equals("0"))
            .isPresent();
  }

  /** Facts of objects have an ETag; all other answers are XML, or nothing. */
  private static boolean isPage(Object answer) {
    return answer instanceof S3Response response
        && !(answer instanceof HeadObjectResponse)
        && response
            .sdkHttpResponse()
            .firstMatchingHeader("Content-Type")
            .filter(type -> type.startsWith("text/html"))
            .isPresent();
  }
}
