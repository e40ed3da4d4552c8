package org.aula.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// In one JVM each service has its own beans and the kernel's, and nobody else's.
final class IsolationTest {

    @Test
    void noContextHoldsABeanOfAnotherService() throws Exception {
        var edge = Edge.get();
        for (var service : Mesh.SERVICES) {
            var others = new ArrayList<>(Mesh.SERVICES);
            others.remove(service);
            others.add("bff");
            assertThat(edge.mesh().service(service).context().getAllBeanDefinitions().stream()
                            .map(definition -> definition.getBeanType().getName())
                            .filter(name -> isOf(name, others)))
                    .as(service)
                    .isEmpty();
        }
    }

    private static boolean isOf(String bean, List<String> services) {
        return services.stream().anyMatch(service -> bean.startsWith("org.aula." + service + "."));
    }
}
