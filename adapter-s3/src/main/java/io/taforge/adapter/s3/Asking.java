package io.taforge.adapter.s3;

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

/** A request with its circumstances, which its failure tells. */
record Asking(WriteCondition condition, Call call) {
  /** A request under no condition. */
  static Asking asking(Call call) {
    return new Asking(WriteCondition.always(), call);
  }

  <T> T answer(Supplier<T> request) {
    return answerUnless(e -> false, request).orElseThrow();
  }

  /** The answer; empty if it is an error of which the caller knows that it means nothing. */
  <T> Optional<T> answerUnless(Predicate<S3Exception> isNothing, Supplier<T> request) {
    AttemptCounter.reset();
    try {
      T answer = request.get();
      if (isPage(answer) || isUnwanted(answer)) {
        throw S3Failures.notAServer(call);
      }
      return Optional.of(answer);
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
