#!/usr/bin/env bash
# A lesson's text with a formula in LaTeX and an address, through OWASP's HTML sanitizer.
. "$(dirname "$0")/lib.sh"
maven com.googlecode.owasp-java-html-sanitizer:owasp-java-html-sanitizer:20260313.1
finding "owasp-java-html-sanitizer" 20260313.1 "a paragraph of plain text, without any markup, comes out as it went in"

answers=$(java_source Lesson <<'JAVA'
import org.owasp.html.Sanitizers;

public class Lesson {
    public static void main(String[] args) {
        for (var html : new String[] {
            "<p>\\(x^{{2}} + \\frac{{a}}{b}\\)</p>", "<p>Write to ann@example.org</p>"
        }) {
            System.out.println(Sanitizers.BLOCKS.sanitize(html));
        }
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "a formula gets comments between its braces" \
    '<p>\(x^{<!-- -->{2}} &#43; \frac{<!-- -->{a}}{b}\)</p>' "$(answer 1)"
happens "an address is no longer found by its text" '<p>Write to ann&#64;example.org</p>' "$(answer 2)"
