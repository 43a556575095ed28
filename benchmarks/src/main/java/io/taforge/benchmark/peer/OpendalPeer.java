package io.taforge.benchmark.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.opendal.ListOptions;
import org.apache.opendal.Operator;
import org.apache.opendal.ServiceConfig;

/** Apache OpenDAL: native code behind a Java binding. */
final class OpendalPeer implements Peer {
  private static final int PIECE = 256 << 10;
  private static final int PART = 8 << 20;

  private final Operator operator;

  private OpendalPeer(Operator operator) {
    this.operator = operator;
  }

  static OpendalPeer s3(Site site) {
    return new OpendalPeer(
        Operator.of(
            ServiceConfig.S3
                .builder()
                .endpoint(site.endpoint().toString())
                .bucket(site.bucket())
                .region("us-east-1")
                .accessKeyId(site.accessKey())
                .secretAccessKey(site.secretKey())
                .disableConfigLoad(true)
                .disableEc2Metadata(true)
                .build()));
  }

  static OpendalPeer filesystem(Site site) {
    return new OpendalPeer(
        Operator.of(
            ServiceConfig.Fs.builder()
                .root(site.folder().resolve("opendal").toString())
                .atomicWriteDir(site.folder().resolve("opendal-work").toString())
                .build()));
  }

  @Override
  public void put(String key, byte[] content) {
    operator.write(key, content);
  }

  @Override
  public long get(String key) {
    return operator.read(key).length;
  }

  @Override
  public void upload(String key, Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      upload(key, content);
    }
  }

  @Override
  public void upload(String key, InputStream content) throws IOException {
    byte[] piece = new byte[PIECE];
    try (OutputStream out = operator.createOutputStream(key, PART)) {
      for (int read = content.read(piece); read >= 0; read = content.read(piece)) {
        out.write(piece, 0, read);
      }
    }
  }

  @Override
  public void download(String key, Path file) throws IOException {
    try (InputStream content = operator.createInputStream(key)) {
      Copying.toFile(content, file);
    }
  }

  @Override
  public long list() {
    return operator.list("samples/", ListOptions.builder().recursive(true).build()).stream()
        .filter(each -> !each.getPath().endsWith("/"))
        .count();
  }

  @Override
  public void delete(List<String> keys) {
    keys.forEach(operator::delete);
  }

  @Override
  public void close() {
    operator.close();
  }
}
