package org.aula.bff.courses;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import org.aula.api.common.v1.Money;

/// Writes amounts of money.
final class Prices {

    private Prices() {}

    /// An amount as people of a locale write it; with the bare code for currencies that the platform does
    /// not know.
    static String format(Money money, String languageTag) {
        try {
            var currency = Currency.getInstance(money.getCurrencyCode());
            var digits = Math.max(currency.getDefaultFractionDigits(), 0);
            var format = NumberFormat.getCurrencyInstance(Locale.forLanguageTag(languageTag));
            format.setCurrency(currency);
            format.setMinimumFractionDigits(digits);
            format.setMaximumFractionDigits(digits);
            return format.format(BigDecimal.valueOf(money.getAmountMinor(), digits));
        } catch (IllegalArgumentException unknownCurrency) {
            return money.getAmountMinor() + " " + money.getCurrencyCode();
        }
    }
}
