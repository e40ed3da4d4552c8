package org.aula.courses.olx;

import java.util.LinkedHashMap;
import java.util.List;

/// Collects what is skipped; alike entries become one with a count.
final class SkipList {
    private static final int MAX_ELEMENT = 200;

    private record Key(String file, String element, SkipReason reason) {}

    private final LinkedHashMap<Key, Integer> counts = new LinkedHashMap<>();

    void add(String file, String element, SkipReason reason) {
        add(file, element, reason, 1);
    }

    void add(String file, String element, SkipReason reason, int count) {
        String shortened = element.length() > MAX_ELEMENT ? element.substring(0, MAX_ELEMENT) + "…" : element;
        if (count > 0) {
            counts.merge(new Key(file, shortened, reason), count, Integer::sum);
        }
    }

    List<Skipped> toList() {
        return counts.entrySet().stream()
                .map(entry -> new Skipped(
                        entry.getKey().file(),
                        entry.getKey().element(),
                        entry.getKey().reason(),
                        entry.getValue()))
                .toList();
    }
}
