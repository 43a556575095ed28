package io.taforge.benchmark.peer;

import io.taforge.adapter.s3.S3ArtifactStore;
import io.taforge.storage.client.ObjectStorageClient;

/** All contestants. */
public enum Peers implements Peer.Factory {
  /** Our adapter on the AWS SDK. */
  TAFORGE_S3(site -> new TaforgePeer(TaforgeStores.s3(site))),
  /** The same with eight parts at once. */
  TAFORGE_S3_EIGHT(site -> new TaforgePeer(TaforgeStores.s3(site, 8))),
  /** The same without parts. */
  TAFORGE_S3_ONE_REQUEST(site -> new TaforgePeer(TaforgeStores.s3InOneRequest(site))),
  /** Our adapter above a client that the embedder has built. */
  TAFORGE_ON_CLIENT(
      site ->
          new TaforgePeer(
              S3ArtifactStore.using(AwsClients.limited(site), TaforgeStores.s3Settings(site)))),
  /** The same client, called directly. */
  THAT_CLIENT(site -> new AwsPeer(site, AwsClients.limited(site))),
  /** The same client with the same requests as ours. */
  THAT_REQUEST(SameRequestPeer::new),
  /** Our adapter on the MinIO SDK. */
  TAFORGE_MINIO(site -> new TaforgePeer(TaforgeStores.minio(site))),
  /** The same without parts. */
  TAFORGE_MINIO_ONE_REQUEST(site -> new TaforgePeer(TaforgeStores.minioInOneRequest(site))),
  /** Our adapter on a folder. */
  TAFORGE_FILESYSTEM(site -> new TaforgePeer(TaforgeStores.filesystem(site))),
  /** The AWS SDK's blocking client on Apache's, as it comes. */
  AWS_DEFAULT(site -> new AwsPeer(site, AwsClients.stock(site))),
  /** The same, one request for each object deleted. */
  AWS_ONE_BY_ONE(OneByOnePeer::new),
  /** The same, tuned. */
  AWS_TUNED(TunedAwsPeer::new),
  /** The transfer manager on the CRT. */
  AWS_CRT(site -> new TransferManagerPeer(site, AwsClients.crt(site))),
  /** The same without checksums that not every server understands. */
  AWS_CRT_TUNED(site -> new TransferManagerPeer(site, AwsClients.crtTuned(site))),
  /** The transfer manager in Java, on Netty. */
  AWS_NETTY(site -> new TransferManagerPeer(site, AwsClients.netty(site))),
  /** The MinIO SDK's blocking client, as it comes. */
  MINIO_DEFAULT(MinioPeer::new),
  /** The same, tuned. */
  MINIO_TUNED(TunedMinioPeer::new),
  /** Apache jclouds on S3. */
  JCLOUDS_S3(JcloudsPeer::s3),
  /** Apache jclouds on a folder. */
  JCLOUDS_FILESYSTEM(JcloudsPeer::filesystem),
  /** Apache OpenDAL on S3. */
  OPENDAL_S3(OpendalPeer::s3),
  /** Apache OpenDAL on a folder. */
  OPENDAL_FILESYSTEM(OpendalPeer::filesystem),
  /** The limit of a server. */
  SOCKET(SocketPeer::new),
  /** The limit of a folder, with a record beside each file. */
  NIO(site -> new NioPeer(site, true)),
  /** The limit of a folder, with what is known in attributes. */
  NIO_ATTRIBUTES(site -> new NioPeer(site, false)),
  /** Apache Commons VFS. */
  VFS(VfsPeer::new),
  /** Hashing and nothing else. */
  SHA256(DigestPeer::new),
  /** The command {@code aws}. */
  AWS_COMMAND(Commands::aws),
  /** The command {@code s3cmd}. */
  S3CMD(Commands::s3cmd),
  /** The command {@code rclone}. */
  RCLONE(Commands::rclone),
  /** Our command on S3. */
  COMMAND_S3(site -> Commands.taforge(site, "s3", Commands.jdk(17))),
  /** Our command on a folder. */
  COMMAND_FILESYSTEM(site -> Commands.taforge(site, "filesystem", Commands.jdk(17))),
  /** Our command on S3, on JDK 25. */
  COMMAND_S3_25(site -> Commands.taforge(site, "s3", Commands.jdk(25))),
  /** Our command on a folder, on JDK 25. */
  COMMAND_FILESYSTEM_25(site -> Commands.taforge(site, "filesystem", Commands.jdk(25))),
  /** A greeting of the JVM, on JDK 25. */
  GREETING_25(site -> Commands.greeting(site, Commands.jdk(25)));

  private final Peer.Factory factory;

  Peers(Peer.Factory factory) {
    this.factory = factory;
  }

  @Override
  public Peer open(Site site) throws Exception {
    return factory.open(site);
  }

  /** Our client on S3, for what only it has. */
  public static ObjectStorageClient client(Peer peer) {
    if (peer instanceof TaforgePeer taforge) {
      return taforge.client();
    }
    throw new UnsupportedOperationException("Only taforge has that");
  }
}
