package io.taforge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * An answer that does not come from the server.
 *
 * @param status the status
 * @param contentType what the body is
 * @param body the body
 */
record Answer(int status, String contentType, String body) {
  /** What S3 says when it refuses. */
  static Answer error(int status, String code) {
    return new Answer(
        status,
        "application/xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>"
            + code
            + "</Code><Message>Injected by a test.</Message><RequestId>INJECTED0001</RequestId>"
            + "<HostId>injected</HostId></Error>");
  }

  /** What S3 says when all went well and there is nothing to tell. */
  static Answer nothing() {
    return new Answer(200, "application/xml", "");
  }

  /** What a hotel's network says before somebody has paid. */
  static Answer loginPage() {
    return new Answer(
        200, "text/html", "<html><head><title>Welcome</title></head><body>Log in</body></html>");
  }

  /** All that goes over the wire; the body of an answer to HEAD is only announced. */
  byte[] bytes(String method) {
    String head =
        "HTTP/1.1 "
            + status
            + " Injected\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + body.getBytes(UTF_8).length
            + "\r\nx-amz-request-id: INJECTED0001\r\nx-amz-id-2: injected\r\n\r\n";
    return (method.equals("HEAD") ? head : head + body).getBytes(UTF_8);
  }
}
