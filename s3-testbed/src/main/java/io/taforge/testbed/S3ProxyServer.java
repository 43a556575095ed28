package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3Proxy, which keeps objects in memory. It runs in a process of its own, because otherwise a case
 * that measures the heap would measure the server; the process ends when this one does, however
 * that ends.
 */
public final class S3ProxyServer implements S3TestServer {
  private static final AccessKey OWNER =
      new AccessKey("AKIDTEST0000000000AA", "secretsecretsecretsecretsecretsecret0000");

  /** Started when it is asked for first. */
  private static final class Shared {
    static final S3ProxyServer SERVER = new S3ProxyServer(start());
  }

  private final URI endpoint;
  private final S3Client client;

  private S3ProxyServer(int port) {
    this.endpoint = URI.create("http://127.0.0.1:" + port);
    this.client = OwnerClient.to(endpoint, region(), OWNER);
  }

  /** The one server of this process. */
  public static S3ProxyServer running() {
    return Shared.SERVER;
  }

  @Override
  public String name() {
    return "S3Proxy";
  }

  @Override
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public String region() {
    return "us-east-1";
  }

  @Override
  public AccessKey owner() {
    return OWNER;
  }

  @Override
  public boolean hasTags() {
    return false;
  }

  @Override
  public boolean hasPolicies() {
    return false;
  }

  @Override
  public S3Client client() {
    return client;
  }

  private static int start() {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx3g", // it keeps everything in memory, 500 MB in parts and together included
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1", // it lives for seconds, and shares the processors
                  "-cp",
                  System.getProperty("java.class.path"),
                  S3ProxyServer.class.getName())
              .redirectError(Redirect.INHERIT)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "s3proxy-stop"));
      String port = process.inputReader(UTF_8).readLine();
      if (port == null) {
        throw new IllegalStateException("S3Proxy has ended before it listened");
      }
      return Integer.parseInt(port);
    } catch (IOException e) {
      throw new UncheckedIOException("S3Proxy cannot be started", e);
    }
  }

  /** The server's process: says its port, and ends when nobody holds the other end any more. */
  public static void main(String[] arguments) throws Exception {
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new S3LikeBlobStore(new TransientNio2BlobStore()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, OWNER.id(), OWNER.secret())
            .build();
    server.start();
    while (!server.getState().equals("STARTED")) {
      Thread.sleep(10);
    }
    System.out.println(server.getPort());
    while (System.in.read() >= 0) {
      // nobody writes; what is waited for is the end
    }
    System.exit(0);
  }
}
