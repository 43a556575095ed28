package io.taforge.storage.contract;

import io.taforge.storage.ArtifactStore;
import io.taforge.storage.ArtifactView;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between somebody and a store, and sees, or changes, what is called. */
final class Interposed {
  private static final Set<String> HARMLESS = Set.of("capabilities", "close", "linkSigner");

  private final List<String> changes = new CopyOnWriteArrayList<>();
  private final ArtifactStore store;

  private Interposed(ArtifactStore inner, Interference interference) {
    this.store =
        (ArtifactStore)
            Proxy.newProxyInstance(
                ArtifactStore.class.getClassLoader(),
                new Class<?>[] {ArtifactStore.class},
                (proxy, method, arguments) -> {
                  if (method.getDeclaringClass() != ArtifactView.class
                      && !HARMLESS.contains(method.getName())) {
                    changes.add(method.getName());
                  }
                  Call call =
                      () -> {
                        try {
                          return method.invoke(inner, arguments);
                        } catch (InvocationTargetException e) {
                          throw e.getCause();
                        }
                      };
                  Object first = arguments == null ? "" : arguments[0];
                  return interference.on(method.getName(), first, call);
                });
  }

  /** What a call comes to. */
  @FunctionalInterface
  interface Call {
    Object go() throws Throwable;
  }

  /** Decides what becomes of a call. */
  @FunctionalInterface
  interface Interference {
    Object on(String method, Object firstArgument, Call call) throws Throwable;
  }

  static Interposed watching(ArtifactStore inner) {
    return new Interposed(inner, (method, first, call) -> call.go());
  }

  static Interposed before(ArtifactStore inner, Interference interference) {
    return new Interposed(inner, interference);
  }

  ArtifactStore store() {
    return store;
  }

  /** The methods that were called and may change something, in their order. */
  List<String> changes() {
    return new ArrayList<>(changes);
  }
}
