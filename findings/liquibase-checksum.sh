#!/usr/bin/env bash
# A change set that ran is edited afterwards: a text that it seeds, or a line that becomes a part of the comment above it.
. "$(dirname "$0")/lib.sh"
maven org.liquibase:liquibase-core:4.33.0 org.slf4j:slf4j-nop:2.0.17
finding "Liquibase" 4.33.0 "the checksum of a change set changes with what its SQL does; only its layout does not count"

answers=$(java_source Checksum <<'JAVA'
import liquibase.change.core.RawSQLChange;

public class Checksum {
    public static void main(String[] args) {
        show("INSERT INTO template VALUES ('Dear learner, welcome')", "INSERT INTO template\n    VALUES ('Dear learner, welcome')");
        show("INSERT INTO template VALUES ('Dear learner, welcome')", "INSERT INTO template VALUES ('Dear learner,\n\nwelcome')");
        show("INSERT INTO template VALUES ('on line')", "INSERT INTO template VALUES ('online')");
        show("-- Seeds\nINSERT INTO template VALUES ('Hello')", "-- Seeds INSERT INTO template VALUES ('Hello')");
        show("INSERT INTO template VALUES ('Hello')", "INSERT INTO template VALUES ('hello')");
    }

    static void show(String ran, String edited) {
        var same = new RawSQLChange(ran).generateCheckSum().equals(new RawSQLChange(edited).generateCheckSum());
        System.out.println(same ? "the same" : "another");
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "a line break between words of SQL" "the same" "$(answer 1)"
happens "a line break within a text" "the same" "$(answer 2)"
happens "'on line', edited to 'online'" "the same" "$(answer 3)"
happens "an INSERT, drawn up into the comment above it" "the same" "$(answer 4)"
happens "'Hello', edited to 'hello'" another "$(answer 5)"
