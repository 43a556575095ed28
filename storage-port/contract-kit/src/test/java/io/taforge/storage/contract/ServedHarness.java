package io.taforge.storage.contract;

import io.taforge.artifact.ArtifactKind;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.LinkSigner;
import io.taforge.storage.link.LinkAuthority;
import io.taforge.storage.memory.InMemoryArtifactStore;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A space in memory with a server for its links; a negative control breaks one or the other. */
class ServedHarness extends InMemoryHarness {
  private final List<TinyLinkServer> servers = new ArrayList<>();
  private Optional<URI> servedAt = Optional.empty();

  /** What signs the links of the stores. */
  LinkSigner signer(LinkSigner inner) {
    return inner;
  }

  /** What serves them. */
  TinyLinkServer server(ArtifactStore served, LinkAuthority authority) {
    return new TinyLinkServer(served, authority);
  }

  /** What signs the links of the store behind a public endpoint; it is given the right one. */
  LinkSigner publicSigner(LinkSigner inner) {
    return inner;
  }

  @Override
  ArtifactStore handle(ArtifactStore store) {
    return signing(store, signer(store.linkSigner().orElseThrow()));
  }

  @Override
  public ArtifactStore open() {
    if (servers.isEmpty()) {
      LinkAuthority authority = LinkAuthority.of(flawless()).orElseThrow();
      serve(authority, "127.0.0.1");
      servedAt = Optional.of(authority.endpoint());
    }
    return super.open();
  }

  /** The public has an authority of its own, so links that are not for it do not work there. */
  @Override
  public Optional<PublicStore> openBehindPublicEndpoint() {
    LinkAuthority authority = LinkAuthority.of(new InMemoryArtifactStore()).orElseThrow();
    serve(authority, "localhost");
    return Optional.of(
        new PublicStore(signing(flawless(), publicSigner(authority)), authority.endpoint()));
  }

  @Override
  public Optional<URI> anonymousAddress(ArtifactKind kind) {
    return servedAt.map(
        endpoint -> URI.create(endpoint + "/" + flawless().buckets().of(kind) + "/"));
  }

  @Override
  public void cleanup() {
    servers.forEach(TinyLinkServer::close);
  }

  private void serve(LinkAuthority authority, String host) {
    TinyLinkServer server = server(flawless(), authority);
    servers.add(server);
    server.start(host);
  }

  private static ArtifactStore signing(ArtifactStore store, LinkSigner signer) {
    return new DelegatingStore(store) {
      @Override
      public Optional<LinkSigner> linkSigner() {
        return Optional.of(signer);
      }
    };
  }
}
