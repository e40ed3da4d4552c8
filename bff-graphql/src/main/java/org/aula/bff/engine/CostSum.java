package org.aula.bff.engine;

import com.google.common.math.LongMath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the fields below one place cost together. Where the place gives an object of one of several types, only
/// the fields of one of them are worked on: the dearest counts.
final class CostSum {

    private final Map<String, Long> byType = new HashMap<>();
    private final List<Part> parts = new ArrayList<>();
    private long always;

    /// What is selected for some of the types only.
    private record Part(@Nullable Set<String> types, CostSum sum) {}

    /// Adds what costs so much for objects of these types.
    ///
    /// @param types null for all
    void add(@Nullable Set<String> types, long cost) {
        if (types == null) {
            always = LongMath.saturatedAdd(always, cost);
        } else {
            types.forEach(type -> byType.merge(type, cost, LongMath::saturatedAdd));
        }
    }

    /// A sum of its own, which is a part of this one for objects of these types.
    ///
    /// @param types null for all
    CostSum within(@Nullable Set<String> types) {
        var sum = new CostSum();
        parts.add(new Part(types, sum));
        return sum;
    }

    /// What all of it costs at most.
    long total() {
        var totals = new HashMap<>(byType);
        var sum = always;
        for (var part : parts) {
            var cost = part.sum().total();
            if (part.types() == null) {
                sum = LongMath.saturatedAdd(sum, cost);
            } else {
                part.types().forEach(type -> totals.merge(type, cost, LongMath::saturatedAdd));
            }
        }
        var dearest = totals.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return LongMath.saturatedAdd(sum, dearest);
    }
}
