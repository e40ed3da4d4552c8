#!/usr/bin/env bash
# Lists of learners as people write them, and as commons-csv writes and reads its own.
. "$(dirname "$0")/lib.sh"
maven org.apache.commons:commons-csv:1.14.1
finding "commons-csv" 1.14.1 "blanks around a quoted value are trimmed with setTrim, and what a format prints it reads again"

answers=$(java_source Csv <<'JAVA'
import java.io.*;
import java.util.List;
import org.apache.commons.csv.*;

public class Csv {
    public static void main(String[] args) throws IOException {
        System.out.println(read(CSVFormat.RFC4180.builder().setTrim(true).get(), "7, \"Doe, Jane\", b\r\n"));
        System.out.println(read(CSVFormat.RFC4180.builder().setIgnoreSurroundingSpaces(true).get(), "7, \"Doe, Jane\", b\r\n"));
        var ignoring = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();
        System.out.println(read(ignoring, print(ignoring, "first", null, "last")));
        var empty = CSVFormat.RFC4180.builder().setNullString("").get();
        System.out.println(read(empty, print(empty, "", "last")));
    }

    /// Records of one value each.
    static String print(CSVFormat format, String... values) throws IOException {
        var text = new StringWriter();
        try (var printer = new CSVPrinter(text, format)) {
            for (var value : values) {
                printer.printRecord((Object) value);
            }
        }
        return text.toString();
    }

    static List<String> read(CSVFormat format, String text) throws IOException {
        try (var parser = format.parse(new StringReader(text))) {
            return parser.stream().map(row -> String.join("|", row.values())).toList();
        }
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens '7, "Doe, Jane", b with setTrim is four values' '[7|"Doe|Jane"|b]' "$(answer 1)"
happens 'with setIgnoreSurroundingSpaces three' '[7|Doe, Jane|b]' "$(answer 2)"
happens "a record of one null is an empty line, and so of three records two are read" "[first, last]" "$(answer 3)"
happens "with setNullString(\"\") an empty text comes back as null" "[null, last]" "$(answer 4)"
