package io.taforge.storage.bundle;

import static io.taforge.artifact.ArtifactKind.DEBUG_BUNDLE;
import static io.taforge.artifact.ArtifactKind.TA_BUNDLE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.taforge.artifact.ArtifactKind;
import io.taforge.artifact.ByteSize;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What must not be admitted, and the words of the reason. */
final class HostileBundles {
  /** Small, so that what is too much need not be much. */
  static final BundleLimits LIMITS =
      new BundleLimits(200, ByteSize.ofMegabytes(1), ByteSize.ofMegabytes(4), 100);

  private static final int MEGABYTE = 1 << 20;
  private static final List<Hostile> ALL = Stream.concat(tars(), zips()).toList();

  private HostileBundles() {}

  /**
   * One of them.
   *
   * @param what what is wrong with it
   * @param kind what it is said to be
   * @param bytes its content
   * @param reason what the refusal must say
   */
  record Hostile(String what, ArtifactKind kind, byte[] bytes, String reason) {
    @Override
    public String toString() {
      return kind + ": " + what;
    }
  }

  static List<Hostile> all() {
    return ALL;
  }

  private static TarBytes ta() {
    return new TarBytes().folder("TA/").file("TA/app.conf", 10);
  }

  private static Hostile tar(String what, byte[] bytes, String reason) {
    return new Hostile(what, TA_BUNDLE, bytes, reason);
  }

  private static Stream<Hostile> tars() {
    byte[] good = ta().packed();
    return Stream.of(
        tar(
            "absolute path",
            ta().file("/etc/cron.d/x", 1).packed(),
            "'/etc/cron.d/x' has an absolute path"),
        tar("path that leads up", ta().file("TA/../../x", 1).packed(), "leads up with '..'"),
        tar(
            "path that only leads up",
            new TarBytes().file("../x", 1).packed(),
            "leads up with '..'"),
        tar("path with an empty part", ta().file("TA//x", 1).packed(), "an empty part in its path"),
        tar("path with a dot in it", ta().file("TA/./x", 1).packed(), "an empty part in its path"),
        tar("backslashes", ta().file("TA\\..\\..\\x", 1).packed(), "has a backslash"),
        tar("drive letter", ta().file("C:x", 1).packed(), "the letter of a drive"),
        tar(
            "control character",
            ta().file("TA/a\nb", 1).packed(),
            "'TA/a?b' has a control character"),
        tar(
            "name in no encoding",
            ta().header("TA/\u00e4".getBytes(ISO_8859_1), '0', 0, "", block -> {}).packed(),
            "not in UTF-8"),
        tar(
            "two folders at the top",
            ta().file("other/x", 1).packed(),
            "only one folder may be at the top"),
        tar(
            "folder beside the top",
            ta().folder("._TA").packed(),
            "only one folder may be at the top"),
        tar(
            "file at the top",
            new TarBytes().file("app.conf", 1).packed(),
            "where only one folder may be"),
        tar(
            "link at the top",
            new TarBytes().link("TA", '2', "x").packed(),
            "where only one folder may be"),
        tar("nothing in it", new TarBytes().packed(), "has nothing in it"),
        tar(
            "symbolic link up",
            ta().link("TA/l", '2', "../../etc").packed(),
            "'TA/l' is a link that leads out"),
        tar(
            "symbolic link to the top's parent",
            ta().link("TA/l", '2', "..").packed(),
            "leads out"),
        tar(
            "absolute symbolic link",
            ta().link("TA/l", '2', "/etc").packed(),
            "has an absolute path"),
        tar("symbolic link down and up", ta().link("TA/l", '2', "a/../../x").packed(), "leads out"),
        tar(
            "symbolic link to a drive",
            ta().link("TA/l", '2', "C:\\x").packed(),
            "the letter of a drive"),
        tar("symbolic link to nothing", ta().link("TA/l", '2', "").packed(), "has no name"),
        tar(
            "file through a link",
            ta().folder("TA/a").link("TA/l", '2', "a").file("TA/l/x", 1).packed(),
            "leads through a link"),
        tar(
            "file through a link, in another case",
            ta().folder("TA/a").link("TA/l", '2', "a").file("TA/L/x", 1).packed(),
            "leads through a link"),
        tar(
            "link instead of a folder",
            ta().file("TA/d/x", 1).link("TA/d", '2', "e").packed(),
            "leads through a link"),
        tar(
            "hard link out",
            ta().link("TA/h", '1', "/etc/shadow").packed(),
            "has an absolute path"),
        tar("hard link up", ta().link("TA/h", '1', "TA/../../x").packed(), "leads up with '..'"),
        tar(
            "hard link to nothing",
            ta().link("TA/h", '1', "TA/none").packed(),
            "no file in the bundle"),
        tar(
            "hard link to a link",
            ta().link("TA/l", '2', "app.conf").link("TA/h", '1', "TA/l").packed(),
            "no file in the bundle"),
        tar(
            "character device",
            ta().special("TA/null", '3').packed(),
            "'TA/null' is a device or a pipe"),
        tar("block device", ta().special("TA/sda", '4').packed(), "is a device or a pipe"),
        tar("pipe", ta().special("TA/p", '6').packed(), "is a device or a pipe"),
        tar("sparse file", ta().special("TA/s", 'S').packed(), "of a type that is not known"),
        tar("volume label", ta().special("TA/v", 'V').packed(), "of a type that is not known"),
        tar(
            "folder with content",
            ta().header("TA/d", '5', 512, "").content(new byte[512]).packed(),
            "and has content"),
        tar(
            "file with the name of a folder",
            ta().file("TA/f/", 1).packed(),
            "the name of a folder"),
        tar("name twice", ta().file("TA/app.conf", 1).packed(), "'TA/app.conf' is there twice"),
        tar(
            "name twice but for case",
            ta().file("TA/App.conf", 1).packed(),
            "'TA/App.conf' is there twice"),
        tar(
            "name twice but for its form",
            ta().file("TA/\u00e9", 1).file("TA/e\u0301", 1).packed(),
            "is there twice"),
        tar("file below a file", ta().file("TA/app.conf/x", 1).packed(), "a file for a folder"),
        tar(
            "two names",
            ta().longName('L', "TA/x").pax('x', "path=TA/y").file("TA/z", 1).packed(),
            "has two names"),
        tar(
            "long name up",
            ta().longName('L', "TA/../../x").file("TA/z", 1).packed(),
            "leads up with '..'"),
        tar(
            "two long names",
            ta().longName('L', "TA/x").longName('L', "TA/y").file("TA/z", 1).packed(),
            "two long names"),
        tar(
            "extended name up",
            ta().pax('x', "path=../x").file("TA/z", 1).packed(),
            "leads up with '..'"),
        tar(
            "extended link out",
            ta().pax('x', "linkpath=/etc").link("TA/l", '2', "a").packed(),
            "has an absolute path"),
        tar("two sizes", ta().pax('x', "size=1024").file("TA/z", 1).packed(), "has two sizes"),
        tar(
            "two headers",
            ta().pax('x', "path=TA/x").pax('x', "path=TA/y").file("TA/z", 1).packed(),
            "two extended headers"),
        tar(
            "one header that says two things",
            ta().pax('x', "path=TA/x", "path=TA/y").file("TA/z", 1).packed(),
            "says two things"),
        tar(
            "sparse file by extended header",
            ta().pax('x', "GNU.sparse.major=1").file("TA/z", 1).packed(),
            "a kind that is not known"),
        tar(
            "unknown extended header",
            ta().pax('x', "hdrcharset=BINARY").file("TA/z", 1).packed(),
            "a kind that is not known"),
        tar(
            "global header with a path",
            ta().pax('g', "path=TA/x").file("TA/z", 1).packed(),
            "renames or resizes"),
        tar("header for no entry", ta().pax('x', "path=TA/x").packed(), "is for no entry"),
        tar(
            "name of 8 GB",
            ta().header("././@LongLink", 'L', (8L << 30) - 1, "").packed(),
            "has a header of 8 GB"),
        tar(
            "extended header of 8 GB",
            ta().header("x", 'x', (8L << 30) - 1, "").packed(),
            "has a header of 8 GB"),
        tar(
            "headers without end",
            repeated(new TarBytes(), tar -> tar.pax('g', "comment=x"), 9),
            "8 headers in a row"),
        tar(
            "wrong checksum",
            ta().header("TA/z".getBytes(UTF_8), '0', 0, "", block -> block[0]++).packed(),
            "the checksum of a header"),
        tar(
            "another format",
            ta().header("TA/z".getBytes(UTF_8), '0', 0, "", block -> block[257] = 0).packed(),
            "not a tar archive of a kind that is known"),
        tar(
            "one file is too large",
            ta().header("TA/big", '0', MEGABYTE + 1, "").packed(),
            "(1048577 bytes), and at most 1 MB"),
        tar(
            "one file of 8 GB",
            ta().header("TA/big", '0', (8L << 30) - 1, "").packed(),
            "8 GB (8589934591 bytes)"),
        tar("together too large", random(ta(), 5).packed(), "expands to more than 4 MB"),
        tar(
            "bomb",
            ta().file("TA/a", MEGABYTE).file("TA/b", MEGABYTE).packed(),
            "at most 100 times its size"),
        tar(
            "too many entries",
            repeated(ta(), tar -> tar.folder("TA/"), 200),
            "more than 200 files and folders"),
        tar(
            "too many folders",
            ta().longName('L', "TA" + "/x".repeat(250) + "/y").file("TA/z", 1).packed(),
            "more than 200 files and folders"),
        tar(
            "path too long",
            ta().longName('L', "TA/" + "x".repeat(1100)).file("TA/z", 1).packed(),
            "more than 1024 bytes"),
        tar(
            "something behind the archive",
            gzip(ta(), tar -> tar.content(new byte[1024]).file("TA/z", 1)),
            "behind the end of its tar archive"),
        tar("cut", ta().cut(), "ends too early"),
        tar("cut in a file", ta().header("TA/z", '0', 5000, "").cut(), "ends too early"),
        tar(
            "something behind the gzip file",
            joined(good, "x".getBytes(UTF_8)),
            "behind the gzip file"),
        tar("two gzip files", joined(good, good), "behind the gzip file"),
        tar(
            "wrong checksum of the gzip file",
            changed(good, good.length - 5),
            "checksum or its length"),
        tar(
            "wrong length of the gzip file",
            changed(good, good.length - 1),
            "checksum or its length"),
        tar("damaged gzip file", changed(good, 11), "it is "),
        tar("half a gzip file", Arrays.copyOf(good, good.length / 2), "ends too early"),
        tar(
            "gzip file of a text",
            TarBytes.gzip("hello".repeat(200).getBytes(UTF_8)),
            "not a tar archive"),
        tar("text", "not really".getBytes(UTF_8), "not a gzip file"),
        tar("empty", new byte[0], "not a whole gzip file"),
        tar("zip", zip().bytes(), "not a gzip file"));
  }

  private static RawZip zip() {
    return new RawZip().entry("a.log", 10);
  }

  private static Hostile zip(String what, RawZip zip, String reason) {
    return zip(what, zip.bytes(), reason);
  }

  private static Hostile zip(String what, byte[] bytes, String reason) {
    return new Hostile(what, DEBUG_BUNDLE, bytes, reason);
  }

  private static Stream<Hostile> zips() {
    byte[] good = zip().bytes();
    byte[] hidden = new RawZip().entry("hidden", 3).bytes();
    return Stream.of(
        zip("path that leads up", zip().entry("../x", 1), "'../x' leads up"),
        zip("absolute path", zip().entry("/etc/x", 1), "has an absolute path"),
        zip("drive letter", zip().entry("c:/x", 1), "the letter of a drive"),
        zip("backslashes", zip().entry("..\\x", 1), "has a backslash"),
        zip("NUL in a name", zip().entry("a.log\0.exe", 1), "has a control character"),
        zip("no name", zip().entry("", 1), "has no name"),
        zip(
            "name in no encoding",
            zip().entry("x", 1, each -> each.name = each.localName = new byte[] {(byte) 0xE4}),
            "not in UTF-8"),
        zip(
            "name in some encoding",
            zip().entry("ä", 1, each -> each.flags = each.localFlags = 0),
            "in which encoding"),
        zip(
            "two names by an extra field",
            zip().entry("x", 1, each -> each.extra = extra(0x7075, "\1\0\0\0\0../y")),
            "has two names"),
        zip(
            "symbolic link",
            zip().entry("l", 1, each -> each.mode = 0xA1FF),
            "'l' is a symbolic link"),
        zip(
            "device",
            zip().entry("d", 0, each -> each.mode = 0x2000),
            "neither a file nor a folder"),
        zip(
            "folder that says it is a file",
            zip().entry("d/", 0, each -> each.mode = 0x8000),
            "neither a file nor a folder"),
        zip("folder with content", zip().entry("d/", 5), "is a folder and has content"),
        zip("name twice", zip().entry("a.log", 1), "'a.log' is there twice"),
        zip("name twice but for case", zip().entry("A.LOG", 1), "'A.LOG' is there twice"),
        zip("file below a file", zip().entry("a.log/x", 1), "a file for a folder"),
        zip("encrypted", zip().entry("x", 1, each -> each.flag(1)), "is encrypted"),
        zip("strongly encrypted", zip().entry("x", 1, each -> each.flag(1 << 6)), "is encrypted"),
        zip(
            "hidden by encryption",
            zip().entry("x", 1, each -> each.flag(1 << 13)),
            "is encrypted"),
        zip(
            "unknown flag",
            zip().entry("x", 1, each -> each.flag(1 << 5)),
            "packed in a way that is not known"),
        zip(
            "unknown method",
            zip().entry("x", 1, each -> each.method = 14),
            "packed in a way that is not known"),
        zip("stored with two sizes", zip().entry("x", 9, each -> each.method = 0), "has two sizes"),
        zip(
            "stored with its size behind it",
            zip()
                .entry(
                    "x",
                    0,
                    each -> {
                      each.holding(new RawZip().entry("hidden", 3).bytes());
                      each.described(each.size);
                    }),
            "tells its size behind it"),
        zip(
            "two entries in one place",
            zip().entry("b.log", 10, each -> each.offset = 0),
            "overlaps with what comes behind it"),
        zip("one entry in the other", overlapping(), "overlaps with what comes behind it"),
        zip(
            "other name in its place",
            zip().entry("x", 1, each -> each.localName = "y".getBytes(UTF_8)),
            "another in its place"),
        zip(
            "other size in its place",
            zip().entry("x", 1, each -> each.localSize = 2),
            "another in its place"),
        zip(
            "other checksum in its place",
            zip().entry("x", 1, each -> each.localChecksum++),
            "another in its place"),
        zip(
            "other flags in its place",
            zip().entry("x", 1, each -> each.localFlags = 0),
            "another in its place"),
        zip(
            "other size behind it",
            zip().entry("x", 5, each -> each.described(6)),
            "another in its place"),
        zip(
            "less announced than there is",
            zip().entry("x", 50, each -> each.size = each.localSize = 5),
            "not what the zip file says"),
        zip(
            "more announced than there is",
            zip().entry("x", 5, each -> each.size = each.localSize = 50),
            "not what the zip file says"),
        zip(
            "wrong checksum",
            zip().entry("x", 5, each -> each.checksum = each.localChecksum = 1),
            "not what the zip file says"),
        zip(
            "damaged content",
            zip().entry("x", 5, each -> each.packed[0] = 7),
            "not what the zip file says"),
        zip(
            "size told twice",
            zip().entry("x", 5, each -> each.extra = zip64(5, 5)),
            "tells more sizes"),
        zip(
            "other large size",
            zip()
                .entry(
                    "x",
                    5,
                    each -> {
                      each.size = -1;
                      each.extra = zip64(6);
                      each.localSize = 5;
                    }),
            "another in its place"),
        zip(
            "large size of 8 EB",
            zip()
                .entry(
                    "x",
                    5,
                    each -> {
                      each.size = -1;
                      each.extra = zip64(Long.MAX_VALUE);
                    }),
            "at most 1 MB are allowed"),
        zip(
            "negative size",
            zip()
                .entry(
                    "x",
                    5,
                    each -> {
                      each.size = -1;
                      each.extra = zip64(-5);
                    }),
            "that cannot be"),
        zip(
            "large size that is not told",
            zip().entry("x", 5, each -> each.size = -1),
            "that is not told"),
        zip(
            "broken extra field",
            zip().entry("x", 5, each -> each.extra = new byte[] {1, 0, 9, 0}),
            "extra field that cannot be read"),
        zip(
            "extra field twice",
            zip().entry("x", 5, each -> each.extra = joined(zip64(5), zip64(6))),
            "an extra field twice"),
        zip(
            "entry in no directory, before",
            zip().prefix(Arrays.copyOf(hidden, 41)),
            "they overlap, or something is between"),
        zip(
            "entry in no directory, between",
            zip().entry("x", 5, each -> each.before = Arrays.copyOf(hidden, 40)),
            "in no directory"),
        zip(
            "something before the directory",
            zip().entry("x", 5, each -> each.behind = new byte[7]),
            "in no directory"),
        zip("end that counts more", zip().countingMore(1), "damaged zip file"),
        zip("end that counts less", zip().entry("x", 1).countingMore(-1), "in no directory"),
        zip("two ends that differ", zip().zip64Counting(2), "tells in two ways"),
        zip("two ends", zip().comment(new RawZip().bytes()), "has two ends"),
        zip("several parts", zip().onDisk(1), "in several parts"),
        zip(
            "entry in another part",
            zip().entry("x", 1, each -> each.disk = 1),
            "in several parts"),
        zip(
            "something behind it",
            joined(good, "x".getBytes(UTF_8)),
            "behind the end of the zip file"),
        zip("half of it", Arrays.copyOf(good, good.length / 2), "not a zip file"),
        zip(
            "one file is too large",
            zip().entry("big", MEGABYTE + 1),
            "(1048577 bytes), and at most 1 MB"),
        zip(
            "together too large",
            IntStream.range(0, 5)
                .boxed()
                .reduce(zip(), (all, i) -> all.entry("x" + i, MEGABYTE), (a, b) -> a),
            "at most 100 times its size"),
        zip("bomb", zip().entry("x", MEGABYTE).entry("y", MEGABYTE), "at most 100 times its size"),
        zip(
            "too many entries",
            IntStream.range(0, 200)
                .boxed()
                .reduce(zip(), (all, i) -> all.entry("x" + i, 0), (a, b) -> a),
            "more than 200 files and folders"),
        zip("nothing in it", new RawZip(), "has nothing in it"),
        zip("text", "not really".getBytes(UTF_8), "not a zip file"),
        zip("empty", new byte[0], "not a zip file"),
        zip("tar", ta().packed(), "not a zip file"));
  }

  /** The second lies in the content of the first, and both would be unpacked. */
  private static RawZip overlapping() {
    RawZip inner = new RawZip().entry("inner", 3);
    int local = 30 + "inner".length() + 3;
    byte[] bytes = Arrays.copyOf(inner.bytes(), local);
    return new RawZip()
        .entry("outer", 0, each -> each.holding(bytes))
        .entry("inner", 3, each -> each.offset = 30 + "outer".length());
  }

  private static byte[] extra(int id, String text) {
    byte[] bytes = text.getBytes(ISO_8859_1);
    return RawZip.little(4 + bytes.length)
        .putShort((short) id)
        .putShort((short) bytes.length)
        .put(bytes)
        .array();
  }

  private static byte[] zip64(long... numbers) {
    var field =
        RawZip.little(4 + 8 * numbers.length)
            .putShort((short) 1)
            .putShort((short) (8 * numbers.length));
    for (long each : numbers) {
      field.putLong(each);
    }
    return field.array();
  }

  private static byte[] repeated(TarBytes tar, UnaryOperator<TarBytes> one, int times) {
    TarBytes all = tar;
    for (int i = 0; i < times; i++) {
      all = one.apply(all);
    }
    return all.packed();
  }

  private static byte[] gzip(TarBytes tar, UnaryOperator<TarBytes> more) {
    return more.apply(tar).packed();
  }

  private static TarBytes random(TarBytes tar, int megabytes) {
    Random random = new Random(42);
    TarBytes all = tar;
    for (int i = 0; i < megabytes; i++) {
      byte[] content = new byte[MEGABYTE];
      random.nextBytes(content);
      all = all.header("TA/r" + i, '0', MEGABYTE, "").content(content);
    }
    return all;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(one);
    out.writeBytes(other);
    return out.toByteArray();
  }

  private static byte[] changed(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }
}
