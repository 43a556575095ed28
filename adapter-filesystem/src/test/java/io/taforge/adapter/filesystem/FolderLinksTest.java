package io.taforge.adapter.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.Artifact;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.links.LinkServer;
import io.taforge.storage.ContentSource;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageBucketException;
import io.taforge.storage.StorageClosedException;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.link.LinkAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the key of a folder's links is, and who shares it. */
class FolderLinksTest {
  private static final Artifact SAMPLE = new LogSample(RequestId.random(), FileName.of("a.log"));

  private final HttpClient http = HttpClient.newHttpClient();
  private Path root;
  private Path keys;
  private FilesystemArtifactStore store;

  @BeforeEach
  void openStore() throws IOException {
    root = Files.createTempDirectory("taforge-links");
    keys = root.resolve(".taforge/links");
    store = FilesystemArtifactStore.open(FilesystemSettings.at(root));
    store.createBuckets();
  }

  @AfterEach
  void removeStore() throws IOException {
    store.close();
    FolderHarness.delete(root);
  }

  @Test
  void aKeyIsMadeWithTheFirstLinkAndForItsOwnerOnly() throws IOException {
    store.put(SAMPLE, ContentSource.of(new byte[1]), PutOptions.defaults());
    assertThat(keys).doesNotExist();

    store.linkSigner().orElseThrow().sign(LinkRequest.download(SAMPLE));

    assertThat(Files.getPosixFilePermissions(keys))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    String first = Files.readString(keys);
    authority(store).rotate(Duration.ofDays(7));
    assertThat(Files.readString(keys)).isNotEqualTo(first);
    assertThat(Files.getPosixFilePermissions(keys))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aLinkOfAnotherProcessWorks() throws Exception {
    store.put(
        SAMPLE, ContentSource.of("hello".getBytes(StandardCharsets.UTF_8)), PutOptions.defaults());
    try (LinkServer server = serve(store)) {
      String uri =
          Jvm.run(
                  Map.of(),
                  List.of(),
                  List.of(Signing.class.getName(), root.toString(), SAMPLE.key().value()))
              .strip();

      assertThat(URI.create(uri)).hasPort(server.port());
      assertThat(get(uri)).isEqualTo(200);
    }
  }

  /** Another process, which prints a link. */
  static final class Signing {
    private Signing() {}

    public static void main(String[] arguments) {
      try (FilesystemArtifactStore store =
          FilesystemArtifactStore.open(FilesystemSettings.at(arguments[0]))) {
        LinkRequest request = LinkRequest.download(Artifact.at(arguments[1]));
        System.out.println(store.linkSigner().orElseThrow().sign(request).uri());
      }
    }
  }

  @Test
  void aRotationReachesWhoeverServesWithinASecond() throws Exception {
    store.put(SAMPLE, ContentSource.of(new byte[1]), PutOptions.defaults());
    try (LinkServer server = serve(store);
        FilesystemArtifactStore other = FilesystemArtifactStore.open(FilesystemSettings.at(root))) {
      SignedLink old = authority(other).sign(LinkRequest.download(SAMPLE));
      assertThat(get(old.uri().toString())).isEqualTo(200);

      authority(other).rotate(Duration.ofMinutes(1));
      SignedLink fresh = authority(other).sign(LinkRequest.download(SAMPLE));
      assertThat(get(fresh.uri().toString())).as("a key that is new").isEqualTo(200);
      assertThat(get(old.uri().toString())).as("within the grace").isEqualTo(200);

      authority(other).rotate(Duration.ZERO);
      Thread.sleep(1100);
      assertThat(get(old.uri().toString())).isEqualTo(403);
      assertThat(get(fresh.uri().toString())).isEqualTo(403);
      assertThat(server.port()).isPositive();
    }
  }

  @Test
  void aDamagedKeyIsNotMadeUpForAndNotTold() throws Exception {
    store.linkSigner().orElseThrow().sign(LinkRequest.download(SAMPLE));
    Files.writeString(keys, Files.readString(keys).substring(0, 60));
    try (FilesystemArtifactStore other =
        FilesystemArtifactStore.open(FilesystemSettings.at(root))) {
      assertThatThrownBy(() -> authority(other).sign(LinkRequest.download(SAMPLE)))
          .isInstanceOf(StorageBucketException.class)
          .hasMessageContaining(".taforge/links is damaged")
          .message()
          .doesNotContainPattern("[0-9a-f]{16}");
    }
  }

  @Test
  void aLinkInPlaceOfTheKeyIsNotFollowed() throws Exception {
    Path elsewhere = Files.createTempFile("taforge", "key");
    Files.writeString(elsewhere, "taforge-links 1\nkey 0123456789abcdef " + "0".repeat(64) + "\n");
    Files.createDirectories(keys.getParent());
    Files.createSymbolicLink(keys, elsewhere);

    assertThatThrownBy(() -> authority(store).sign(LinkRequest.download(SAMPLE)))
        .isInstanceOf(StorageBucketException.class);
    Files.delete(elsewhere);
  }

  @Test
  void contentThatIsDamagedBreaksTheDownloadOff() throws Exception {
    putDamaged(3_000_000);

    try (LinkServer server = serve(store)) {
      SignedLink link = authority(store).sign(LinkRequest.download(SAMPLE));
      assertThat(link.uri()).hasPort(server.port());
      assertThatThrownBy(() -> get(link.uri().toString())).isInstanceOf(IOException.class);
    }
  }

  @Test
  void contentThatIsDamagedAndSmallIsNotSentAtAll() throws Exception {
    putDamaged(3_000);

    try (LinkServer server = serve(store)) {
      SignedLink link = authority(store).sign(LinkRequest.download(SAMPLE));
      assertThat(link.uri()).hasPort(server.port());
      assertThat(get(link.uri().toString())).isEqualTo(502);
    }
  }

  private void putDamaged(int size) throws IOException {
    byte[] content = new byte[size];
    store.put(SAMPLE, ContentSource.of(content), PutOptions.defaults());
    Path file = root.resolve("log-samples").resolve(SAMPLE.key().value());
    FileTime time = Files.getLastModifiedTime(file);
    content[size - 1000] = 1;
    Files.write(file, content);
    Files.setLastModifiedTime(file, time);
  }

  @Test
  void aClosedStoreSignsNothing() {
    LinkAuthority authority = authority(store);
    store.close();

    assertThatThrownBy(() -> store.linkSigner()).isInstanceOf(StorageClosedException.class);
    assertThatThrownBy(() -> authority.sign(LinkRequest.download(SAMPLE)))
        .isInstanceOf(StorageClosedException.class);
  }

  private static LinkAuthority authority(FilesystemArtifactStore store) {
    return LinkAuthority.of(store).orElseThrow();
  }

  private static LinkServer serve(FilesystemArtifactStore store) {
    return LinkServer.start(
        new ObjectStorageClient(store), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private int get(String uri) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(20)).build();
    return http.send(request, BodyHandlers.ofByteArray()).statusCode();
  }
}
