package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ContentType;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ArtifactContent;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Buckets;
import io.taforge.storage.Capability;
import io.taforge.storage.ContentSource;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SignedLink;
import io.taforge.storage.StorageClosedException;
import io.taforge.storage.StorageConnectionException;
import io.taforge.storage.StoredArtifact;
import io.taforge.storage.remote.Endpoint;
import io.taforge.storage.remote.ServerConnection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a stranger can do on a server with a link that an adapter has signed, and that the adapter
 * asks nobody for it: the same for every adapter, which extends this for each server.
 */
public abstract class LinkProofs {
  private static final byte[] CONTENT = "right".getBytes(UTF_8);
  private static final byte[] OTHER = "wrong".getBytes(UTF_8);
  private static final Sha256 CHECKSUM = Sha256.of(CONTENT);

  private final S3TestServer server;
  private final List<ArtifactStore> opened = new ArrayList<>();
  private final String id = UUID.randomUUID().toString();
  private final Buckets buckets = new Buckets("samples-" + id, "bundles-" + id, "debug-" + id);
  private final LogSample sample =
      new LogSample(RequestId.random(), FileName.of("größe (1) + 100% & so.log"));
  private FaultProxy proxy;
  private ArtifactStore store;

  /** On a server. */
  protected LinkProofs(S3TestServer server) {
    this.server = server;
  }

  /** Opens a store of the adapter, which reaches its server like this. */
  protected abstract ArtifactStore open(S3Target target, ServerConnection connection);

  @BeforeEach
  final void openStore() {
    proxy = FaultProxy.to(server.endpoint());
    store = open(ServerConnection.to(new Endpoint(proxy.endpoint())));
    store.createBuckets();
    proxy.forgetRequests();
  }

  @AfterEach
  final void cleanUp() {
    opened.forEach(ArtifactStore::close);
    proxy.close();
    BucketCleaner cleaner = new BucketCleaner(server);
    for (ArtifactKind kind : ArtifactKind.values()) {
      cleaner.remove(buckets.of(kind));
    }
  }

  @Test
  public final void aDownloadIsAnsweredAsTheLinkSays() throws Exception {
    put(OTHER);
    put(CONTENT);
    LinkRequest.Download wanted = LinkRequest.download(sample).validFor(Duration.ofMinutes(5));

    SignedLink link = sign(store, wanted);
    assertThat(link.headers()).isEmpty();
    assertThat(Duration.between(Instant.now(), link.expiresAt()))
        .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    HttpResponse<byte[]> answer = send(link, link.headers(), new byte[0]);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(CONTENT);
    wanted
        .responseHeaders()
        .forEach((name, value) -> assertThat(answer.headers().firstValue(name)).contains(value));
  }

  @Test
  public final void signingAsksNobody() {
    List<LinkRequest> wishes =
        List.of(
            LinkRequest.download(sample),
            LinkRequest.upload(sample),
            LinkRequest.upload(sample).ofLength(5).ofType(ContentType.TEXT),
            bound());
    assertThat(wishes).allSatisfy(each -> assertThat(sign(store, each)).isNotNull());
    assertThat(proxy.requests()).isEmpty();

    try (ClosedPort nobody = new ClosedPort()) {
      ArtifactStore lonely = open(ServerConnection.to(new Endpoint(nobody.endpoint())));
      assertThat(wishes)
          .allSatisfy(
              each ->
                  assertThat(sign(lonely, each).uri().getPort())
                      .isEqualTo(nobody.endpoint().getPort()));
    }
  }

  @Test
  public final void anUploadOfAnythingIsStored() throws Exception {
    SignedLink link = sign(store, LinkRequest.upload(sample));

    assertThat(link.headers()).isEmpty();
    assertThat(send(link, link.headers(), CONTENT).statusCode()).isEqualTo(200);
    assertThat(read()).isEqualTo(CONTENT);
  }

  @Test
  public final void anUploadThatIsBoundToItsContentTakesNoOther() throws Exception {
    put(OTHER);
    SignedLink link = sign(store, bound());

    assertThat(send(link, link.headers(), "worse".getBytes(UTF_8)).statusCode()).isEqualTo(400);
    assertThat(send(link, Map.of(), CONTENT).statusCode()).isEqualTo(403);
    link.headers()
        .forEach(
            (name, value) -> {
              Map<String, String> others = new HashMap<>(link.headers());
              others.put(name, Sha256.of(OTHER).hex());
              assertThat(send(link, others, OTHER).statusCode()).as(name).isIn(400, 403);
            });
    assertThat(read()).isEqualTo(OTHER);

    assertThat(send(link, link.headers(), CONTENT).statusCode()).isEqualTo(200);
    assertThat(read()).isEqualTo(CONTENT);
    assertThat(store.find(sample).flatMap(StoredArtifact::sha256)).contains(CHECKSUM);
  }

  /** Ceph 16 verifies no checksum where there is not a byte, so it is the length that tells. */
  @Test
  public final void nothingInPlaceOfTheContentIsRefused() {
    SignedLink link = sign(store, bound());

    assertThat(send(link, link.headers(), new byte[0]).statusCode()).isEqualTo(403);
    assertThat(store.find(sample)).isEmpty();
  }

  @Test
  public final void anUploadThatIsBoundToItsLengthTakesNoOther() throws Exception {
    SignedLink link = sign(store, LinkRequest.upload(sample).ofLength(CONTENT.length));

    assertThat(link.headers()).isEmpty();
    assertThat(send(link, Map.of(), "longer".getBytes(UTF_8)).statusCode()).isEqualTo(403);
    assertThat(send(link, Map.of(), new byte[0]).statusCode()).isEqualTo(403);
    assertThat(store.find(sample)).isEmpty();
    assertThat(send(link, Map.of(), CONTENT).statusCode()).isEqualTo(200);
    assertThat(read()).isEqualTo(CONTENT);
  }

  @Test
  public final void anUploadThatIsBoundToItsTypeTakesNoOther() throws Exception {
    SignedLink link = sign(store, LinkRequest.upload(sample).ofType(ContentType.ZIP));

    assertThat(link.headers()).isEqualTo(Map.of("Content-Type", ContentType.ZIP.value()));
    assertThat(send(link, Map.of("Content-Type", "text/html"), CONTENT).statusCode())
        .isEqualTo(403);
    assertThat(send(link, Map.of(), CONTENT).statusCode()).isEqualTo(403);
    assertThat(store.find(sample)).isEmpty();
    assertThat(send(link, link.headers(), CONTENT).statusCode()).isEqualTo(200);
    assertThat(store.find(sample).map(StoredArtifact::contentType)).contains(ContentType.ZIP);
  }

  @Test
  public final void anUploadCanBeBoundToEverything() throws Exception {
    SignedLink link = sign(store, bound().ofType(ContentType.GZIP));

    assertThat(send(link, link.headers(), OTHER).statusCode()).isEqualTo(400);
    assertThat(send(link, link.headers(), CONTENT).statusCode()).isEqualTo(200);
    assertThat(read()).isEqualTo(CONTENT);
    assertThat(store.find(sample).map(StoredArtifact::contentType)).contains(ContentType.GZIP);
  }

  @Test
  public final void linksLeadWhereStrangersFindTheServer() throws Exception {
    put(CONTENT);
    proxy.forgetRequests();
    try (FaultProxy entrance = FaultProxy.to(server.endpoint())) {
      URI published = URI.create("http://LocalHost:" + entrance.endpoint().getPort());
      ArtifactStore inside =
          open(
              ServerConnection.to(new Endpoint(proxy.endpoint()))
                  .withLinkEndpoint(new Endpoint(published)));
      for (LinkRequest wanted :
          List.of(
              LinkRequest.download(sample),
              LinkRequest.upload(sample).ofLength(CONTENT.length),
              bound())) {
        SignedLink link = sign(inside, wanted);

        assertThat(link.uri().getRawAuthority()).isEqualTo("localhost:" + published.getPort());
        assertThat(send(link, link.headers(), CONTENT).statusCode()).isEqualTo(200);
      }
      assertThat(proxy.requests()).isEmpty();
      assertThat(entrance.requests()).hasSize(3);

      assertThat(inside.find(sample)).isPresent();
      assertThat(proxy.requests()).hasSize(1);
      assertThat(entrance.requests()).hasSize(3);
    }
  }

  @Test
  public final void aServerThatIsAwayAndLinksThatAreNot() throws Exception {
    put(CONTENT);
    try (ClosedPort nobody = new ClosedPort()) {
      ArtifactStore cutOff =
          open(
              ServerConnection.to(new Endpoint(nobody.endpoint()))
                  .withLinkEndpoint(new Endpoint(proxy.endpoint())));
      SignedLink link = sign(cutOff, LinkRequest.download(sample));

      assertThat(send(link, Map.of(), new byte[0]).body()).isEqualTo(CONTENT);
      assertThatThrownBy(() -> cutOff.find(sample)).isInstanceOf(StorageConnectionException.class);
    }
  }

  @Test
  public final void aStoreThatIsClosedSignsNothing() {
    LinkRequest wanted = bound();
    assertThat(store.capabilities()).contains(Capability.SIGNED_LINKS);
    store.close();

    assertThatThrownBy(() -> sign(store, wanted)).isInstanceOf(StorageClosedException.class);
  }

  private ArtifactStore open(ServerConnection connection) {
    S3Target target =
        new S3Target(
            server.endpoint(),
            server.region(),
            server.owner().id(),
            server.owner().secret(),
            buckets);
    ArtifactStore one = open(target, connection);
    opened.add(one);
    return one;
  }

  private static SignedLink sign(ArtifactStore store, LinkRequest wanted) {
    return store.linkSigner().orElseThrow().sign(wanted);
  }

  private HttpResponse<byte[]> send(SignedLink link, Map<String, String> headers, byte[] content) {
    HttpRequest.Builder request = HttpRequest.newBuilder(link.uri());
    headers.forEach(request::header);
    if (link.method() == LinkRequest.Method.PUT) {
      request.PUT(BodyPublishers.ofByteArray(content));
    }
    try {
      // always on a new connection: S3Proxy closes one on which it has refused to read on
      return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(link + " has no answer", e);
    }
  }

  private LinkRequest.Upload bound() {
    return LinkRequest.upload(sample).ofContent(CHECKSUM, CONTENT.length);
  }

  private void put(byte[] content) {
    store.put(sample, ContentSource.of(content), PutOptions.defaults());
  }

  private byte[] read() throws IOException {
    try (ArtifactContent content = store.get(sample)) {
      return content.stream().readAllBytes();
    }
  }
}
