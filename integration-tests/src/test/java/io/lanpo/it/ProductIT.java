package io.lanpo.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanpo.it.paxexam.OsgiService;
import io.lanpo.it.paxexam.PaxExamExtension;
import io.lanpo.it.paxexam.ProductOptions;
import io.lanpo.runtime.LaunchException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** The train product starts: every bundle runs and every component has what it needs. */
@ExtendWith(PaxExamExtension.class)
final class ProductIT {
  @OsgiService BundleContext context;
  @OsgiService ServiceComponentRuntime components;

  @Configuration
  static Option[] asItIsShipped() throws IOException, LaunchException {
    return ProductOptions.of(
            PaxExamExtension.work(ProductIT.class),
            ProductOptions.home().resolveSibling("configs"),
            Set.of("base", "train"))
        .toArray(Option[]::new);
  }

  @Test
  void everyBundleRuns() {
    List<String> idle = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      boolean lazy = bundle.getHeaders("").get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
      boolean runs =
          bundle.getState() == Bundle.ACTIVE || (lazy && bundle.getState() == Bundle.STARTING);
      if (!runs) {
        idle.add(bundle.getSymbolicName() + " is in state " + bundle.getState());
      }
    }
    assertEquals(List.of(), idle);
  }

  @Test
  void everyComponentIsSatisfied() {
    List<String> problems = new ArrayList<>();
    int satisfied = 0;
    for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs()) {
      boolean needsConfiguration = component.configurationPolicy.equals("require");
      var configurations = components.getComponentConfigurationDTOs(component);
      if (configurations.isEmpty() && !needsConfiguration) {
        problems.add(component.name + " has no configuration");
      }
      for (ComponentConfigurationDTO configuration : configurations) {
        boolean good =
            configuration.state == ComponentConfigurationDTO.SATISFIED
                || configuration.state == ComponentConfigurationDTO.ACTIVE;
        if (good) {
          satisfied++;
        } else {
          problems.add(component.name + describe(configuration));
        }
      }
    }
    assertEquals(List.of(), problems);
    assertTrue(satisfied >= 10, satisfied + " components");
  }

  private static String describe(ComponentConfigurationDTO configuration) {
    return " is in state "
        + configuration.state
        + ", unsatisfied: "
        + Arrays.stream(configuration.unsatisfiedReferences).map(r -> r.name).toList()
        + (configuration.failure == null ? "" : ", failed: " + configuration.failure);
  }

  @Test
  void theNativeLibrariesAreNotLoadedBeforeSomebodyAsks() {
    Bundle djl =
        Arrays.stream(context.getBundles())
            .filter(b -> b.getSymbolicName().equals("io.lanpo.libs.djl"))
            .findFirst()
            .orElseThrow();
    assertEquals(Bundle.STARTING, djl.getState());
  }

  @Test
  void testsRunInsideTheFramework() {
    assertFalse(getClass().getClassLoader().equals(ClassLoader.getSystemClassLoader()));
    assertTrue(context.getBundle().getSymbolicName().endsWith(getClass().getName()));
  }
}
