package io.taforge.benchmark.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Answers what is asked about a bucket, and all buckets. */
final class BucketRequests {
  private static final String OWNER = "<Owner><ID>null</ID><DisplayName>null</DisplayName></Owner>";

  private final Shelf shelf;

  BucketRequests(Shelf shelf) {
    this.shelf = shelf;
  }

  Answer answer(RequestHead head, Body body) {
    if (head.bucket().isEmpty()) {
      return Answer.xml(
          200, "<ListAllMyBucketsResult>" + OWNER + "<Buckets></Buckets></ListAllMyBucketsResult>");
    }
    return switch (head.method()) {
      case "HEAD" -> Answer.empty(200).with("x-amz-bucket-region", "us-east-1");
      case "PUT" -> Answer.empty(200).with("Location", "/" + head.bucket());
      case "POST" ->
          head.asks("delete") ? deleteAll(head, body) : Answer.failure(501, "NotImplemented");
      case "GET" -> get(head);
      case "DELETE" -> Answer.empty(204);
      default -> Answer.failure(405, "MethodNotAllowed");
    };
  }

  private Answer get(RequestHead head) {
    Map<String, String> query = head.query();
    if (query.containsKey("location")) {
      return Answer.xml(200, "<LocationConstraint></LocationConstraint>");
    }
    if (query.containsKey("versioning")) {
      return Answer.xml(200, "<VersioningConfiguration></VersioningConfiguration>");
    }
    if (query.containsKey("acl")) {
      return Answer.xml(
          200,
          "<AccessControlPolicy>"
              + OWNER
              + "<AccessControlList></AccessControlList></AccessControlPolicy>");
    }
    if (query.containsKey("uploads")) {
      return Answer.xml(
          200,
          "<ListMultipartUploadsResult><Bucket>"
              + head.bucket()
              + "</Bucket><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>");
    }
    if (query.containsKey("lifecycle")) {
      return Answer.failure(404, "NoSuchLifecycleConfiguration");
    }
    if (query.containsKey("policy")) {
      return Answer.failure(404, "NoSuchBucketPolicy");
    }
    return Answer.xml(200, ListingXml.page(head, shelf));
  }

  private Answer deleteAll(RequestHead head, Body body) {
    byte[] document = body.content(head).orElse(new byte[0]);
    String text = new String(document, StandardCharsets.UTF_8);
    List<String> keys = Xml.all(text, "Key");
    boolean isQuiet = text.contains("<Quiet>true</Quiet>");
    StringBuilder answer = new StringBuilder(100 * keys.size()).append("<DeleteResult>");
    Map<String, StoredObject> objects = shelf.bucket(head.bucket());
    for (String key : keys) {
      objects.remove(key);
      if (!isQuiet) {
        answer.append("<Deleted><Key>").append(Xml.escaped(key)).append("</Key></Deleted>");
      }
    }
    return Answer.xml(200, answer.append("</DeleteResult>").toString());
  }
}
