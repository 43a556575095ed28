package io.taforge.storage.contract;

import io.taforge.storage.ArtifactStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts for how many pages of listings a store is asked. */
final class CountedPages implements InvocationHandler {
  private final ArtifactStore store;
  private final AtomicInteger pages = new AtomicInteger();

  CountedPages(ArtifactStore store) {
    this.store = store;
  }

  /** Does what the store does, and is counted. */
  ArtifactStore counted() {
    return (ArtifactStore)
        Proxy.newProxyInstance(
            ArtifactStore.class.getClassLoader(), new Class<?>[] {ArtifactStore.class}, this);
  }

  int pages() {
    return pages.get();
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.getName().startsWith("scan")) { // so that its pages are counted, too
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    if (method.getName().startsWith("list")) {
      pages.incrementAndGet();
    }
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
