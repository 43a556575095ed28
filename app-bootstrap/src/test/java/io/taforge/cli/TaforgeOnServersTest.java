package io.taforge.cli;

import io.taforge.config.Backend;
import io.taforge.testbed.ClosedPort;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What can go wrong with a server is said in the same sentence, whatever the SDK. */
@ParameterizedClass
@EnumSource(value = Backend.class, names = "FILESYSTEM", mode = EnumSource.Mode.EXCLUDE)
class TaforgeOnServersTest extends CommandTest {
  @Parameter private Backend backend;

  @BeforeEach
  void chooseTheBackend() throws IOException {
    environment.putAll(settings(backend));
    environment.put("STORAGE_ATTEMPTS", "2");
    file("a.log", "x");
  }

  private void assertAllRefused(String words) {
    String id = "123e4567-e89b-12d3-a456-426614174000";
    assertRefused(1, words, "samples", "upload", "a.log");
    assertRefused(1, words, "samples", "list", id);
    assertRefused(1, words, "bundles", "list", id);
    assertRefused(1, words, "debug", "download", "debug/" + id + "/x.zip");
    assertRefused(1, words, "samples", "delete", "samples/" + id + "/a.log");
    assertRefused(1, words, "stats");
  }

  @Test
  void aMissingBucket() {
    assertAllRefused("there is no bucket");
  }

  @Test
  void aWrongSecret() {
    taforge("init");
    environment.put("MINIO_SECRET_KEY", "wrong");

    assertAllRefused("credentials");
    assertRefused(1, "credentials", "init");
  }

  @Test
  void aServerThatIsNotThere() {
    try (ClosedPort port = new ClosedPort()) {
      environment.put("MINIO_ENDPOINT", port.endpoint().toString());

      assertAllRefused("nothing answers at the server's address");
      assertRefused(1, "nothing answers at the server's address", "init");
    }
  }

  @Test
  void aNameThatNobodyKnows() {
    environment.put("MINIO_ENDPOINT", "https://nobody.invalid");

    assertRefused(1, "the name of the server cannot be resolved", "stats");
  }

  @Test
  void aServerThatSpeaksNoTls() {
    environment.put("MINIO_ENDPOINT", environment.get("MINIO_ENDPOINT").replace("http:", "https:"));

    assertRefused(1, "there is no secure connection", "stats");
  }
}
