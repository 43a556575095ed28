package io.taforge.bootstrap;

import dagger.BindsInstance;
import dagger.Component;
import io.taforge.config.Settings;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The client on a local folder. */
@Singleton
@Component(modules = {FilesystemModule.class, ClientModule.class})
interface FilesystemComponent extends StorageComponent {
  /** Takes what is not made here. */
  @Component.Factory
  interface Factory {
    FilesystemComponent create(@BindsInstance Settings settings, @BindsInstance Clock clock);
  }
}
