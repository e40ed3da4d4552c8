package org.aula.courses.course;

/// What a course costs.
///
/// @param amountMinor in the currency's minor unit, such as cents; 0 means free
/// @param currencyCode ISO 4217
public record Price(long amountMinor, String currencyCode) {

    /// Costs nothing, in the currency of courses that say none.
    public static final Price FREE = new Price(0, "USD");
}
