package io.taforge.storage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.storage.FailureContext;
import io.taforge.storage.Operation;
import io.taforge.storage.StorageUploadException;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That a secret is found wherever a failure may hide it. */
class SecretScanTest {
  private static final String SECRET = "canary/secret+key";

  @Test
  void aSecretIsFoundInMessagesCausesAndForms() {
    FailureContext context = FailureContext.of(Operation.PUT);
    Throwable[] failures = {
      new StorageUploadException(context, "it is " + SECRET),
      new StorageUploadException(context, "it is not told", new IOException(SECRET)),
      new StorageUploadException(
          context, "it is not told", new IOException("deep", new IOException(SECRET))),
      suppressing(SECRET),
      new StorageUploadException(
          context, Base64.getEncoder().encodeToString(("x" + SECRET).substring(1).getBytes(UTF_8))),
      new StorageUploadException(context, "canary%2Fsecret%2Bkey"),
      new StorageUploadException(context.withKey(SECRET), "the key tells")
    };
    for (Throwable failure : failures) {
      SecretScan scan = SecretScan.of(Map.of("the secret", SECRET));
      scan.look("a failure", failure);
      assertThat(scan.hits()).as("%s", failure).isNotEmpty();
    }
    System.out.printf(
        "Reliability Z1 control: %d failures with a secret in them, %d found%n",
        failures.length, failures.length);
    SecretScan scan = SecretScan.of(Map.of("the secret", SECRET));
    scan.look("a failure", new StorageUploadException(context, "it is canary"));
    assertThat(scan.hits()).isEmpty();
  }

  private static Throwable suppressing(String secret) {
    IOException failure = new IOException("not told");
    failure.addSuppressed(new IOException(secret));
    return failure;
  }
}
