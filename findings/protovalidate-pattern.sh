#!/usr/bin/env bash
# One contract, `string code = 1 [(buf.validate.field).string.pattern = "[a-z]+"]`, held by a server in Java and in a browser.
. "$(dirname "$0")/lib.sh"
maven com.google.protobuf:protobuf-java-util:4.36.2 build.buf:protovalidate:1.3.0
npm_install @bufbuild/protovalidate@1.3.0 @bufbuild/protobuf@2.17.0
finding "protovalidate in Java and JavaScript" "build.buf:protovalidate 1.3.0, @bufbuild/protovalidate 1.3.0" \
    "a rule of the contract accepts the same values in every language"

answers=$(java_source Pattern "$work/descriptors" <<'JAVA'
import build.buf.protovalidate.ValidatorFactory;
import build.buf.validate.*;
import com.google.protobuf.*;
import com.google.protobuf.DescriptorProtos.*;
import java.nio.file.*;
import java.util.*;

public class Pattern {
    public static void main(String[] args) throws Exception {
        var rules = FieldRules.newBuilder().setString(StringRules.newBuilder().setPattern("[a-z]+")).build();
        var field = FieldDescriptorProto.newBuilder()
                .setName("code")
                .setNumber(1)
                .setType(FieldDescriptorProto.Type.TYPE_STRING)
                .setOptions(FieldOptions.newBuilder().setExtension(ValidateProto.field, rules));
        var file = FileDescriptorProto.newBuilder()
                .setName("course.proto")
                .setSyntax("proto3")
                .addDependency("buf/validate/validate.proto")
                .addMessageType(DescriptorProto.newBuilder().setName("Course").addField(field))
                .build();
        var validate = ValidateProto.getDescriptor();
        var course = Descriptors.FileDescriptor.buildFrom(file, new Descriptors.FileDescriptor[] {validate})
                .findMessageTypeByName("Course");
        for (var code : new String[] {"algebra", "algebra 1", "1"}) {
            var message = DynamicMessage.newBuilder(course).setField(course.findFieldByName("code"), code).build();
            System.out.println(ValidatorFactory.newBuilder().build().validate(message).isSuccess() ? "valid" : "invalid");
        }
        var set = FileDescriptorSet.newBuilder();
        validate.getDependencies().forEach(needed -> set.addFile(needed.toProto()));
        Files.write(Path.of(args[0]), set.addFile(validate.toProto()).addFile(file).build().toByteArray());
    }
}
JAVA
)
browser=$(javascript "$work/descriptors" <<'JAVASCRIPT'
const { create, createFileRegistry, fromBinary } = require("@bufbuild/protobuf");
const { FileDescriptorSetSchema } = require("@bufbuild/protobuf/wkt");
const { createValidator } = require("@bufbuild/protovalidate");
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, require("fs").readFileSync(process.argv[2])));
const course = registry.getMessage("Course");
for (const code of ["algebra", "algebra 1", "1"])
    console.log(createValidator({ registry }).validate(course, create(course, { code })).kind);
JAVASCRIPT
)
happens "'algebra', 'algebra 1' and '1' in Java, which wants the whole text to match" "valid invalid invalid" "$(tr '\n' ' ' <<<"$answers" | sed 's/ $//')"
happens "in JavaScript, which is content with a part" "valid valid invalid" "$(tr '\n' ' ' <<<"$browser" | sed 's/ $//')"
