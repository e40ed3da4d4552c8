#!/usr/bin/env bash
# Names of gauges that end as Prometheus's own do.
. "$(dirname "$0")/lib.sh"
maven io.micrometer:micrometer-registry-prometheus:1.15.4
finding "micrometer-registry-prometheus" 1.15.4 "each registered gauge is scraped with its value, or is refused"

answers=$(java_source Endings <<'JAVA'
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.*;

public class Endings {
    public static void main(String[] args) {
        show("seats.total");
        show("seats", "seats.total");
        show("course.info");
    }

    /// What is scraped of gauges of the values 7, 8 and so on.
    static void show(String... names) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        for (int i = 0; i < names.length; i++) {
            Gauge.builder(names[i], 7 + i, value -> value).strongReference(true).register(registry);
        }
        System.out.println(registry.scrape().lines().filter(line -> !line.startsWith("#")).toList());
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "seats.total of 7 is scraped as" "[seats 7.0]" "$(answer 1)"
happens "seats of 7 and seats.total of 8 as" "[seats 8.0]" "$(answer 2)"
happens "course.info of 7 as" "[course_info 1]" "$(answer 3)"
