package io.taforge.testbed;

/** The servers that the testbed is tried on. */
enum Server {
  S3PROXY,
  CEPH;

  /** The server itself; the test is not run where there is none. */
  S3TestServer running() {
    return this == CEPH ? CephServer.running() : S3ProxyServer.running();
  }
}
