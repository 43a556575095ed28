package io.taforge.benchmark.workload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The kinds of work. */
public final class Works {
  /** As many objects as are written or read in turn on a server. */
  private static final int IN_TURN = 64;

  private Works() {}

  /** Replaces small objects, one after another. */
  public static Work.Factory put(int size) {
    return (peer, site) -> {
      Keys keys = new Keys();
      byte[] content = content(size);
      return PeerWork.of(
          peer,
          site,
          each -> each.put(keys.numbered(0), content),
          each -> each.put(keys.oneOf(IN_TURN), content));
    };
  }

  /** Stores small objects under keys that nobody has used. */
  public static Work.Factory create(int size) {
    return (peer, site) -> {
      Keys keys = new Keys();
      byte[] content = content(size);
      return PeerWork.of(peer, site, each -> {}, each -> each.put(keys.fresh(), content));
    };
  }

  /** Reads small objects. */
  public static Work.Factory get(int size) {
    return (peer, site) -> {
      Keys keys = new Keys();
      byte[] content = content(size);
      return PeerWork.of(
          peer,
          site,
          each -> {
            for (int number = 0; number < IN_TURN; number++) {
              each.put(keys.numbered(number), content);
            }
          },
          each -> check(size, each.get(keys.oneOf(IN_TURN))));
    };
  }

  /** Stores the large file. */
  public static Work.Factory upload() {
    return (peer, site) -> {
      Keys keys = new Keys();
      return PeerWork.of(
          peer, site, each -> {}, each -> each.upload(keys.oneOf(2), site.bigFile().path()));
    };
  }

  /** Stores the large file where nothing is, and removes it when nobody measures. */
  public static Work.Factory uploadNew() {
    return (peer, site) -> {
      Keys keys = new Keys();
      String key = keys.fresh();
      return PeerWork.of(
          peer,
          site,
          each -> {},
          each -> each.upload(key, site.bigFile().path()),
          each -> each.delete(List.of(key)));
    };
  }

  /** Stores as much from a stream. */
  public static Work.Factory uploadStream() {
    return (peer, site) -> {
      Keys keys = new Keys();
      return PeerWork.of(
          peer,
          site,
          each -> {},
          each -> each.upload(keys.oneOf(2), new ZeroStream(site.bigFile().size())));
    };
  }

  /** Brings the large object into a file, which is removed when nobody measures. */
  public static Work.Factory download() {
    return (peer, site) -> {
      Keys keys = new Keys();
      Path file = site.folder().resolve("downloaded");
      return PeerWork.of(
          peer,
          site,
          each -> each.upload(keys.numbered(0), site.bigFile().path()),
          each -> each.download(keys.numbered(0), file),
          each -> Files.deleteIfExists(file));
    };
  }

  /** Up and down again, as much as there is. */
  public static Work.Factory bothWays() {
    return (peer, site) -> {
      Keys keys = new Keys();
      return PeerWork.of(
          peer,
          site,
          each -> {},
          each -> {
            Path file = site.folder().resolve("both-ways");
            try {
              each.upload(keys.numbered(0), site.bigFile().path());
              each.download(keys.numbered(0), file);
              check(site.bigFile().size(), Files.size(file));
            } finally {
              Files.deleteIfExists(file);
            }
          });
    };
  }

  /** The large file so many times at once. */
  public static Work.Factory uploads(int atOnce) {
    return (peer, site) -> {
      Keys keys = new Keys();
      return PeerWork.of(
          peer,
          site,
          each -> {},
          each ->
              Together.run(
                  atOnce, number -> each.upload(keys.numbered(number), site.bigFile().path())));
    };
  }

  /** Lists what a server makes up, so many keys. */
  public static Work.Factory list(int count) {
    return (peer, site) ->
        PeerWork.of(peer, site.at("keys-" + count), each -> {}, each -> check(count, each.list()));
  }

  /** Stores so many small objects, and lists them. */
  public static Work.Factory listOfOwn(int count, int size) {
    return (peer, site) -> {
      Keys keys = new Keys();
      byte[] content = content(size);
      return PeerWork.of(
          peer,
          site,
          each ->
              Together.run(
                  IN_TURN,
                  number -> {
                    for (int one = number; one < count; one += IN_TURN) {
                      each.put(keys.numbered(one), content);
                    }
                  }),
          each -> check(count, each.list()));
    };
  }

  /** Removes so many at once, whether or not they are there. */
  public static Work.Factory delete(int count) {
    return (peer, site) -> {
      Keys keys = new Keys();
      List<String> all = new ArrayList<>();
      for (int number = 0; number < count; number++) {
        all.add(keys.numbered(number));
      }
      return PeerWork.of(peer, site, each -> {}, each -> each.delete(all));
    };
  }

  /** Signs a link. */
  public static Work.Factory link() {
    return (peer, site) -> {
      Keys keys = new Keys();
      return PeerWork.of(peer, site, each -> {}, each -> each.link(keys.oneOf(IN_TURN)));
    };
  }

  /** Stores a small file. */
  public static Work.Factory uploadSmall(int size) {
    return (peer, site) -> {
      Keys keys = new Keys();
      Path file = Files.write(site.folder().resolve("small.log"), content(size));
      return PeerWork.of(peer, site, each -> {}, each -> each.upload(keys.fresh(), file));
    };
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    for (int i = 0; i < size; i++) {
      content[i] = (byte) ('a' + i % 26);
    }
    return content;
  }

  private static void check(long expected, long found) throws IOException {
    if (expected != found) {
      throw new IOException(found + " instead of " + expected);
    }
  }
}
