package io.taforge.benchmark.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The AWS SDK's blocking client in the hands of somebody who has measured it. */
final class TunedAwsPeer extends AwsPeer {
  TunedAwsPeer(Site site) {
    super(site, AwsClients.tuned(site));
  }

  /** What the SDK writes to a file it copies in pieces of 8 KB. */
  @Override
  public void download(String key, Path file) throws IOException {
    try (InputStream content = client().getObject(getOf(key))) {
      Copying.toFile(content, file);
    }
  }
}
