#!/usr/bin/env bash
# A due date that no calendar has, in the JSON of protobuf.
. "$(dirname "$0")/lib.sh"
maven com.google.protobuf:protobuf-java-util:4.36.2
npm_install @bufbuild/protobuf@2.17.0
finding "JSON of protobuf-java-util and @bufbuild/protobuf" "4.36.2, 2.17.0" \
    "a google.protobuf.Timestamp that is no RFC 3339 time is refused, as java.time does"

answers=$(java_source Dates <<'JAVA'
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.*;

public class Dates {
    public static void main(String[] args) throws Exception {
        for (var time : new String[] {"2026-02-30T10:00:00Z", "2026-13-01T10:00:00Z", "2026-02-01T10:00:60Z"}) {
            var read = Timestamp.newBuilder();
            JsonFormat.parser().merge('"' + time + '"', read);
            System.out.println(Timestamps.toString(read.build()));
        }
    }
}
JAVA
)
answer() { sed -n "$1p" <<<"$answers"; }
happens "Java reads 2026-02-30T10:00:00Z as" 2026-03-02T10:00:00Z "$(answer 1)"
happens "2026-13-01T10:00:00Z as" 2027-01-01T10:00:00Z "$(answer 2)"
happens "2026-02-01T10:00:60Z as" 2026-02-01T10:01:00Z "$(answer 3)"
browser=$(javascript <<'JAVASCRIPT'
const { fromJson, toJson } = require("@bufbuild/protobuf");
const { TimestampSchema } = require("@bufbuild/protobuf/wkt");
for (const time of ["2026-02-30T10:00:00Z", "2026-13-01T10:00:00Z"])
    try {
        console.log(toJson(TimestampSchema, fromJson(TimestampSchema, time)));
    } catch (refused) {
        console.log("refused");
    }
JAVASCRIPT
)
happens "JavaScript reads 2026-02-30T10:00:00Z as" 2026-03-02T10:00:00Z "$(head -1 <<<"$browser")"
happens "2026-13-01T10:00:00Z is" refused "$(tail -1 <<<"$browser")"
