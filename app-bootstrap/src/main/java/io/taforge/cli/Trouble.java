package io.taforge.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What to do about troubles, by topic: the words of the README's section on them, too. */
enum Trouble {
  /** The server is not reached. */
  CONNECTION(
      "Connection",
      new Advice(
          "`settings`",
          "A value cannot be used. The sentence names the setting, the value and what is allowed;"
              + " `taforge doctor` tells whether it comes from the environment, from a line of"
              + " `.env` or from a file."),
      new Advice(
          "`reachable`",
          "Nothing answers, or not over TLS. Compare `MINIO_ENDPOINT` (host and port, or a URL) and"
              + " `MINIO_USE_SSL` with where the server listens; in a container, `localhost` is the"
              + " container itself. A certificate of an authority of your own needs"
              + " `STORAGE_CA_FILE`.")),
  /** Somebody may do too little, or too much. */
  PERMISSION(
      "Permission",
      new Advice(
          "`credentials`",
          "The server does not accept the keys. Compare `MINIO_ACCESS_KEY` and `MINIO_SECRET_KEY`"
              + " with what it was told; without them, `s3` takes what the AWS SDK finds. A clock"
              + " that is wrong by a quarter of an hour looks the same."),
      new Advice(
          "`exists`",
          "`taforge init` creates what is missing, as a user who may do that. If the sentence"
              + " speaks of access or credentials, it is about the keys or their rights."),
      new Advice(
          "`ours`",
          "The bucket is somebody else's. On Amazon S3 names are shared with all the world: choose"
              + " others in `MINIO_BUCKET_SAMPLES`, `MINIO_BUCKET_TAS` and `MINIO_BUCKET_DEBUG`."),
      new Advice(
          "`readable`, `listable`, `deletable`",
          "A right is missing. `taforge policy` prints what a `reader`, a `lister` and a `janitor`"
              + " must be allowed; in a folder owner and mode decide. Where a user is not to delete,"
              + " that is as it should be."),
      new Advice(
          "`modes`",
          "Everybody on the machine may write to the folder, and so put anything in the place of"
              + " what is there: `chmod o-w` helps."),
      new Advice(
          "`policy`, `policy-status`, `acl`, `anonymous-read`, `anonymous-list`",
          "Strangers get in without a link. Remove what lets them in, which links do not need;"
              + " `taforge policy --check` finds the statements."),
      new Advice(
          "`public-access-block`, `hardened`",
          "On Amazon S3, block all public access and encrypt by default. On Ceph 16 leave the block"
              + " off, because it refuses uploads with it."),
      new Advice(
          "`audit`",
          "What cannot be recorded is not done. Make room in `AUDIT_LOG_DIR` and let the user write"
              + " there, or say `AUDIT_LOG_STRICT=false`.")),
  /** Content is not stored, or not as it should be. */
  UPLOAD(
      "Upload",
      new Advice(
          "`writable`",
          "Nothing can be stored. On a server, `taforge policy writer` prints what must be allowed,"
              + " and the user or the bucket may have a quota; in a folder the disk may be full, or"
              + " somebody else's."),
      new Advice(
          "`conditional-create`, `conditional-delete`",
          "The server ignores conditions, so of two writers at once both may win. Leave"
              + " `conditional-delete` out of `STORAGE_CAPABILITIES`, and let one writer at a time"
              + " create."),
      new Advice(
          "`checksums`",
          "The server stores content that is not what was announced. It is found when it is read;"
              + " on Amazon S3 `STORAGE_INTEGRITY=full` has it refused."),
      new Advice(
          "`unsigned-headers`",
          "The server obeys headers of an upload that its link does not cover. Sign such links as a"
              + " user who may do nothing but put: `taforge policy uploader`."),
      new Advice(
          "`versions`",
          "Whether old versions are kept is not known. If they are, what is deleted takes up room"
              + " until a rule of the server removes it."),
      new Advice(
          "larger than is accepted (413)",
          "`MINIO_MAX_UPLOAD_SIZE_MB` is the limit, 500 if nothing is said. Content of unknown"
              + " length needs that much room in `STORAGE_SPOOL_DIR`, too."),
      new Advice(
          "not admitted (422)",
          "The bundle is none, or does harm to whoever unpacks it; the sentence names the entry and"
              + " what is allowed. The limits are `STORAGE_ADMISSION_ENTRIES`,"
              + " `STORAGE_ADMISSION_ENTRY_MB`, `STORAGE_ADMISSION_TOTAL_MB` and"
              + " `STORAGE_ADMISSION_RATIO`; `STORAGE_ADMISSION=false` stores bundles as they come."),
      new Advice(
          "slower than is allowed (503)",
          "The way is too slow for `MINIO_READ_TIMEOUT`, `STORAGE_MIN_THROUGHPUT` or"
              + " `STORAGE_TRANSFER_DEADLINE`.")),
  /** A link is refused. */
  LINK_EXPIRY(
      "Link expiry",
      new Advice(
          "`clock`",
          "The clocks of this machine and of the server differ, and a link is signed for a time:"
              + " set both, such as by NTP."),
      new Advice(
          "`link-key`",
          "Others may read the key that signs links to the folder. `chmod 600` it, and"
              + " `taforge links rotate --grace 0s` spoils what was signed with it."),
      new Advice(
          "refused after its time (403)",
          "It has expired. `--expires` and `MINIO_PRESIGNED_URL_EXPIRATION` say for how long a link"
              + " is good, up to seven days."),
      new Advice(
          "refused before its time (403)",
          "It was changed on its way, or asked for by another name than it was signed for:"
              + " `STORAGE_LINK_ENDPOINT` says what strangers call the server, and a proxy must keep"
              + " the header `Host`. A link ends with the credentials that signed it, those of a role"
              + " after some hours."));

  /**
   * What to do.
   *
   * @param about the checks that it is about, or a symptom
   * @param words what to do, in Markdown
   */
  private record Advice(String about, String words) {
    boolean isAbout(String aspect) {
      return about.contains('`' + aspect + '`');
    }
  }

  private final String heading;
  private final List<Advice> advice;

  Trouble(String heading, Advice... advice) {
    this.heading = heading;
    this.advice = List.of(advice);
  }

  /** The trouble that a failure of this check is. */
  static Optional<Trouble> with(String aspect) {
    return Arrays.stream(values())
        .filter(each -> each.advice.stream().anyMatch(one -> one.isAbout(aspect)))
        .findFirst();
  }

  /** What to do about a failure of this check, as people read it; empty if it is of another. */
  String advice(String aspect) {
    return advice.stream()
        .filter(each -> each.isAbout(aspect))
        .map(each -> each.words().replace("`", ""))
        .collect(Collectors.joining(" "));
  }

  /** All of it, as the README has it but for line breaks. */
  static String markdown() {
    return Arrays.stream(values())
        .map(
            each ->
                each.advice.stream()
                    .map(one -> "- " + one.about() + ": " + one.words())
                    .collect(Collectors.joining("\n", "### " + each.heading + "\n\n", "\n")))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public String toString() {
    return heading;
  }
}
