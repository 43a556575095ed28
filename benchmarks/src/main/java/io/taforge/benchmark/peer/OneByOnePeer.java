package io.taforge.benchmark.peer;

import java.util.List;

/** The AWS SDK's blocking client, asked to delete one object at a time. */
final class OneByOnePeer extends AwsPeer {
  private final String bucket;

  OneByOnePeer(Site site) {
    super(site, AwsClients.stock(site));
    this.bucket = site.bucket();
  }

  @Override
  public void delete(List<String> keys) {
    keys.forEach(key -> client().deleteObject(request -> request.bucket(bucket).key(key)));
  }
}
