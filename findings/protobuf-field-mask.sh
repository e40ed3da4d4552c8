#!/usr/bin/env bash
# An update of the field address_line_1, by an update mask that travels as JSON.
. "$(dirname "$0")/lib.sh"
maven com.google.protobuf:protobuf-java-util:4.36.2
npm_install @bufbuild/protobuf@2.17.0
finding "FieldMask of protobuf-java-util and @bufbuild/protobuf" "4.36.2, 2.17.0" \
    "a mask of legal names comes out of JSON as it went in; in any case both languages do the same"

answers=$(java_source Mask <<'JAVA'
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.JsonFormat;

public class Mask {
    public static void main(String[] args) throws Exception {
        var json = JsonFormat.printer().print(FieldMask.newBuilder().addPaths("address_line_1").addPaths("display_name"));
        var read = FieldMask.newBuilder();
        JsonFormat.parser().merge(json, read);
        System.out.println(json + "\n" + read.getPathsList());
    }
}
JAVA
)
happens "Java prints address_line_1 and display_name as" '"addressLine1,displayName"' "$(head -1 <<<"$answers")"
happens "and reads" "[address_line1, display_name]" "$(tail -1 <<<"$answers")"
browser=$(javascript <<'JAVASCRIPT'
const { create, toJson } = require("@bufbuild/protobuf");
const { FieldMaskSchema } = require("@bufbuild/protobuf/wkt");
try {
    console.log(toJson(FieldMaskSchema, create(FieldMaskSchema, { paths: ["address_line_1"] })));
} catch (refused) {
    console.log(refused.message);
}
JAVASCRIPT
)
happens "JavaScript refuses to print it" 'cannot encode message google.protobuf.FieldMask to JSON: lowerCamelCase of path name "address_line_1" is irreversible' "$browser"
