package io.lanpo.api.train;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Knows which components are installed. Looking never loads a native library. */
@ProviderType
public interface ComponentCatalogue {
  /** All components, by kind and name. */
  List<ComponentInfo> components();
}
