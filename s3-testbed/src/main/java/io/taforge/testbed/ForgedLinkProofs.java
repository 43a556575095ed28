package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.FileName;
import io.taforge.artifact.LogSample;
import io.taforge.artifact.RequestId;
import io.taforge.artifact.Sha256;
import io.taforge.storage.ArtifactStore;
import io.taforge.storage.Buckets;
import io.taforge.storage.ContentSource;
import io.taforge.storage.LinkRequest;
import io.taforge.storage.PutOptions;
import io.taforge.storage.SignedLink;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * That a server takes no link which is not, bit by bit, the one an adapter has signed; the server
 * is what verifies. In every third character one bit is flipped, chosen by {@code -Dlinks.seed=N};
 * {@code -Dlinks.bits=8} flips all bits of all.
 */
public abstract class ForgedLinkProofs {
  private static final int BITS = Integer.getInteger("links.bits", 1);
  private static final int STRIDE = BITS == 8 ? 1 : 3;
  private static final long SEED = Long.getLong("links.seed", 20261128L);
  private static final byte[] CONTENT = {1, 2, 3};
  private static final int TIMEOUT_MILLIS = 20_000;

  private final S3TestServer server;
  private final String id = UUID.randomUUID().toString();
  private final Buckets buckets = new Buckets("samples-" + id, "bundles-" + id, "debug-" + id);
  private final LogSample sample = new LogSample(RequestId.random(), FileName.of("ä b.log"));
  private ArtifactStore store;

  /** On a server. */
  protected ForgedLinkProofs(S3TestServer server) {
    this.server = server;
  }

  /** Opens a store of the adapter. */
  protected abstract ArtifactStore open(S3Target target);

  @BeforeEach
  final void openStore() {
    store =
        open(
            new S3Target(
                server.endpoint(),
                server.region(),
                server.owner().id(),
                server.owner().secret(),
                buckets));
    store.createBuckets();
    store.put(sample, ContentSource.of(CONTENT), PutOptions.defaults());
  }

  @AfterEach
  final void cleanUp() {
    store.close();
    for (ArtifactKind kind : ArtifactKind.values()) {
      new BucketCleaner(server).remove(buckets.of(kind));
    }
  }

  @Test
  public final void noBitOfALinkCanBeFlipped() throws Exception {
    Random random = new Random(SEED);
    List<String> accepted = new ArrayList<>();
    int tried = 0;
    for (LinkRequest request :
        List.of(
            LinkRequest.download(sample),
            LinkRequest.upload(sample).ofContent(Sha256.of(CONTENT), CONTENT.length))) {
      SignedLink link = store.linkSigner().orElseThrow().sign(request);
      String target = link.uri().getRawPath() + "?" + link.uri().getRawQuery();
      assertThat(status(link, link.method().name(), authority(link), target))
          .as("the link itself")
          .isEqualTo(200);
      for (int i = 0; i < target.length(); i += STRIDE) {
        for (int bit = 0; bit < BITS; bit++) {
          byte[] bytes = target.getBytes(ISO_8859_1);
          bytes[i] ^= (byte) (1 << (BITS == 8 ? bit : random.nextInt(8)));
          String forged = new String(bytes, ISO_8859_1);
          tried++;
          if (isOk(status(link, link.method().name(), authority(link), forged))
              && !meansTheSame(target, forged)) {
            accepted.add(forged);
          }
        }
      }
      tried += tryOthers(link, target, accepted);
    }
    System.out.printf(
        "Reliability U1: %s: %d changes of links to %s, %d accepted (seed %d)%n",
        getClass().getSimpleName(), tried, server.name(), accepted.size(), SEED);
    assertThat(accepted).isEmpty();
    assertThat(store.find(sample).orElseThrow().size()).isEqualTo(CONTENT.length);
  }

  /** Another method, another host, another second, another key, and one more parameter. */
  private int tryOthers(SignedLink link, String target, List<String> accepted) throws IOException {
    String expires = target.replaceFirst(".*X-Amz-Expires=(\\d+).*", "$1");
    long seconds = Long.parseLong(expires);
    List<String> targets =
        List.of(
            target.replace("X-Amz-Expires=" + expires, "X-Amz-Expires=" + (seconds + 1)),
            target.replace("X-Amz-Expires=" + expires, "X-Amz-Expires=" + (seconds - 1)),
            target.replace(sample.request().toString(), RequestId.random().toString()),
            target.replace(".log", ".log2"),
            target + "&response-content-language=tlh",
            target + "&uploadId=x",
            target.replaceFirst("&X-Amz-Signature=[^&]*", ""),
            target.replaceFirst("(X-Amz-Signature=)[^&]*", "$1" + "0".repeat(64)));
    for (String each : targets) {
      if (isOk(status(link, link.method().name(), authority(link), each))) {
        accepted.add(each);
      }
    }
    String other = link.method() == LinkRequest.Method.GET ? "PUT" : "GET";
    for (String method : List.of(other, "DELETE", "POST")) {
      if (isOk(status(link, method, authority(link), target))) {
        accepted.add(method + " " + target);
      }
    }
    for (String host : List.of("localhost:1", "evil.example", "x" + authority(link))) {
      if (isOk(status(link, link.method().name(), host, target))) {
        accepted.add(host + target);
      }
    }
    return targets.size() + 6;
  }

  /** The same in other letters, such as {@code %2f} for {@code %2F}, is no other link. */
  private static boolean meansTheSame(String target, String forged) {
    try {
      return forged.indexOf('?') == target.indexOf('?')
          && URLDecoder.decode(forged, ISO_8859_1).equals(URLDecoder.decode(target, ISO_8859_1));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isOk(int status) {
    return status >= 200 && status < 300;
  }

  private static String authority(SignedLink link) {
    return link.uri().getRawAuthority();
  }

  /** What the server answers to bytes as they are; 0 if it answers nothing. */
  private static int status(SignedLink link, String method, String host, String target)
      throws IOException {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    head.append("Host: ").append(host).append("\r\nConnection: close\r\n");
    for (Map.Entry<String, String> header : link.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    boolean hasContent = method.equals("PUT");
    head.append("Content-Length: ").append(hasContent ? CONTENT.length : 0).append("\r\n\r\n");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(link.uri().getHost(), link.uri().getPort()));
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(head.toString().getBytes(ISO_8859_1));
      if (hasContent) {
        socket.getOutputStream().write(CONTENT);
      }
      String line = firstLine(socket.getInputStream());
      return line.matches("HTTP/1\\.[01] \\d{3}.*") ? Integer.parseInt(line.substring(9, 12)) : 0;
    } catch (SocketException e) {
      return 0; // it has refused to read on
    }
  }

  private static String firstLine(InputStream answer) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = answer.read(); next >= 0 && next != '\n'; next = answer.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
