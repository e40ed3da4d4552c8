package org.aula.kernel.sort;

import org.aula.kernel.call.CallScope;
import org.aula.kernel.service.ServiceProcess;

/// Makes outdated sort keys of services anew, as their job does by itself within ten minutes, and tells how
/// many there were.
public final class RecomputeSortKeys {

    private RecomputeSortKeys() {}

    /// @param services names of services whose lists are ordered by names
    public static void main(String[] services) throws Exception {
        for (var service : services) {
            try (var context = ServiceProcess.beansOnly(service, System.getenv())) {
                var job = context.getBean(SortKeyJob.class);
                CallScope.runAsService(service, "recompute-sort-keys", "", job::recompute)
                        .forEach((table, rows) -> System.out.println(service + "." + table + ": " + rows));
            }
        }
    }
}
