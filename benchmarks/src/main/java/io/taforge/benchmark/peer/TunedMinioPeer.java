package io.taforge.benchmark.peer;

import io.minio.Checksum;
import io.minio.PutObjectArgs;
import io.minio.UploadObjectArgs;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/** The MinIO SDK's blocking client in the hands of somebody who has measured it. */
final class TunedMinioPeer extends MinioPeer {
  private static final int PARTS_AT_ONCE = 4;

  TunedMinioPeer(Site site) {
    super(site, builder(site).httpClient(http(), true).build());
  }

  @Override
  public void upload(String key, Path file) throws Exception {
    client()
        .uploadObject(
            UploadObjectArgs.builder()
                .bucket(bucket())
                .object(key)
                .filename(file.toString(), PART)
                .checksum(Checksum.Algorithm.SHA256)
                .parallelUploads(PARTS_AT_ONCE)
                .build());
  }

  @Override
  public void upload(String key, InputStream content) throws Exception {
    client()
        .putObject(
            PutObjectArgs.builder().bucket(bucket()).object(key).stream(content, -1L, PART)
                .checksum(Checksum.Algorithm.SHA256)
                .parallelUploads(PARTS_AT_ONCE)
                .build());
  }

  private static OkHttpClient http() {
    return new OkHttpClient.Builder()
        .protocols(List.of(Protocol.HTTP_1_1))
        .socketFactory(new Prompt())
        .build();
  }

  /** OkHttp leaves Nagle's algorithm on, which costs 40 ms now and then. */
  private static final class Prompt extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
      Socket socket = new Socket();
      socket.setTcpNoDelay(true);
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return prompt(new Socket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return prompt(new Socket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return prompt(new Socket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return prompt(new Socket(host, port, from, fromPort));
    }

    private static Socket prompt(Socket socket) throws IOException {
      socket.setTcpNoDelay(true);
      return socket;
    }
  }
}
