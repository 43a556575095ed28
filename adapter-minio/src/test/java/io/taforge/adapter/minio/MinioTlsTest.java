package io.taforge.adapter.minio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ContentSource;
import io.taforge.storage.PutOptions;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.ServerConnection;
import io.taforge.testbed.S3Harness;
import io.taforge.testbed.S3ProxyServer;
import io.taforge.testbed.TlsTunnel;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers over TLS, whose certificates are known, or not. */
class MinioTlsTest {
  private final LogSample sample = new LogSample(RequestId.random(), FileName.of("a.log"));
  private final S3Harness harness =
      new S3Harness(S3ProxyServer.running(), MinioStores::open, Set.of(), MinioStores.Opener.class);
  @TempDir private Path folder;
  private TlsTunnel tunnel;

  @BeforeEach
  void openTunnel() throws Exception {
    harness.open().close();
    tunnel = new TlsTunnel(harness.proxy().endpoint(), folder);
    harness.proxy().forgetRequests();
  }

  @AfterEach
  void cleanUp() throws Exception {
    tunnel.close();
    harness.cleanup();
  }

  @Test
  void aCertificateInTheFileIsTrusted() throws Exception {
    ServerConnection connection =
        ServerConnection.to(new Endpoint(tunnel.endpoint())).withCertificates(tunnel.certificate());
    try (ArtifactStore store = open(connection)) {
      store.put(sample, ContentSource.of("content".getBytes(UTF_8)), PutOptions.defaults());

      try (ArtifactContent content = store.get(sample)) {
        assertThat(content.stream().readAllBytes()).asString(UTF_8).isEqualTo("content");
      }
    }
    assertThat(harness.proxy().requests().get(0).header("x-amz-content-sha256").orElseThrow())
        .as("signed as over plain HTTP")
        .matches("[0-9a-f]{64}");
  }

  @Test
  void anyOtherCertificateIsNot() {
    try (ArtifactStore store = open(ServerConnection.to(new Endpoint(tunnel.endpoint())))) {
      assertThatThrownBy(() -> store.find(sample))
          .isInstanceOfSatisfying(
              StorageConnectionException.class,
              failure -> assertThat(failure.context().attempts()).isEqualTo(1))
          .hasMessageContaining("no secure connection")
          .hasMessageContaining("certificate is not trusted");
    }
    assertThat(harness.proxy().requests()).isEmpty();
  }

  @Test
  void theNameInTheCertificateMatters() {
    URI other = URI.create("https://localhost:" + tunnel.endpoint().getPort());
    ServerConnection connection =
        ServerConnection.to(new Endpoint(other)).withCertificates(tunnel.certificate());
    try (ArtifactStore store = open(connection)) {
      assertThatThrownBy(() -> store.find(sample))
          .isInstanceOf(StorageConnectionException.class)
          .hasMessageContaining("no secure connection");
    }
  }

  @Test
  void aFileWithoutCertificatesIsRefusedAtOnce() throws Exception {
    Path file = Files.writeString(folder.resolve("other.pem"), "no certificate");
    ServerConnection connection =
        ServerConnection.to(new Endpoint(tunnel.endpoint())).withCertificates(file);

    assertThatThrownBy(() -> open(connection))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other.pem");
  }

  private ArtifactStore open(ServerConnection connection) {
    return MinioArtifactStore.open(
        MinioStores.settings(harness.target()).withConnection(connection));
  }
}
