package io.taforge.adapter.filesystem;

import io.taforge.artifact.ArtifactKind;
import io.taforge.links.LinkServer;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Capability;
import io.taforge.storage.client.ObjectStorageClient;
import io.taforge.storage.contract.ArtifactStoreHarness;
import io.taforge.storage.contract.Backdoor;
import io.taforge.storage.contract.PublicStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A fresh folder for each case, with a server for its links. */
final class ServedFolderHarness implements ArtifactStoreHarness {
  private final FolderHarness folder = new FolderHarness();
  private final List<AutoCloseable> opened = new ArrayList<>();

  private final URI endpoint;

  ServedFolderHarness() {
    endpoint = serve(folder.open(), 0);
  }

  @Override
  public ArtifactStore open() {
    return folder.open();
  }

  @Override
  public Set<Capability> capabilities() {
    return folder.capabilities();
  }

  @Override
  public Optional<Backdoor> backdoor() {
    return folder.backdoor();
  }

  /** Another server, for strangers who know this machine by its name. */
  @Override
  public Optional<PublicStore> openBehindPublicEndpoint() {
    int port = freePort();
    FilesystemSettings settings =
        folder.settings().withLinkEndpoint(URI.create("http://localhost:" + port));
    serve(FilesystemArtifactStore.open(settings), port);
    return Optional.of(
        new PublicStore(
            FilesystemArtifactStore.open(settings), settings.linkEndpoint().orElseThrow()));
  }

  @Override
  public Optional<ArtifactStore> openMissingBucket() {
    return folder.openMissingBucket();
  }

  @Override
  public Optional<ArtifactStore> openForbidden() {
    return folder.openForbidden();
  }

  @Override
  public Optional<URI> anonymousAddress(ArtifactKind kind) {
    return Optional.of(URI.create(endpoint + "/" + folder.settings().buckets().of(kind) + "/"));
  }

  @Override
  public void cleanup() {
    try {
      for (AutoCloseable each : opened) {
        each.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      folder.cleanup();
    }
  }

  private URI serve(ArtifactStore store, int port) {
    LinkServer server =
        LinkServer.start(
            new ObjectStorageClient(store),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    opened.add(server);
    opened.add(store);
    return server.endpoint();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
