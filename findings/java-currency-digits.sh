#!/usr/bin/env bash
# Prices of a course in the currency of the course and the language of the reader.
. "$(dirname "$0")/lib.sh"
finding "java.text.NumberFormat" "$(java --version | head -1)" "a format whose currency is set writes the digits of that currency, grouped as the locale does"

cat >"$work/Prices.java" <<'JAVA'
import java.text.NumberFormat;
import java.util.*;

void main() {
    var american = NumberFormat.getCurrencyInstance(Locale.US);
    american.setCurrency(Currency.getInstance("JPY"));
    IO.println(american.format(1500));
    american.setCurrency(Currency.getInstance("KWD"));
    IO.println(american.format(new java.math.BigDecimal("1.505")));
    IO.println(NumberFormat.getCurrencyInstance(Locale.of("en", "IN")).format(12_345_678));
}
JAVA
answers=$(java -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 "$work/Prices.java")
answer() { sed -n "$1p" <<<"$answers"; }
happens "1,500 yen, which have no digits, for an American" "¥1,500.00" "$(answer 1)"
happens "1.505 dinars, which have three" "KWD1.50" "$(answer 2)"
happens "12,345,678 rupees for an Indian, by CLDR ₹1,23,45,678.00" "₹12,345,678.00" "$(answer 3)"
