// Command encode turns messages of the contract from JSON into protobuf's binary form, for data that is kept so: a message
// on each line of the standard input, its bytes as hexadecimal digits on each line of the output.
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"io"
	"os"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	_ "aula.example/bench/gen/aula/assignments/v1"
	_ "aula.example/bench/gen/aula/common/v1"
	_ "aula.example/bench/gen/aula/grades/v1"
)

const longestLine = 4 << 20

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "encode <name of the message>")
		os.Exit(2)
	}
	if err := encode(os.Args[1], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func encode(name string, input io.Reader, output io.Writer) error {
	kind, err := protoregistry.GlobalTypes.FindMessageByName(protoreflect.FullName(name))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	lines := bufio.NewScanner(input)
	lines.Buffer(nil, longestLine)
	for number := 1; lines.Scan(); number++ {
		message := kind.New().Interface()
		if err := protojson.Unmarshal(lines.Bytes(), message); err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
		written, err := proto.MarshalOptions{Deterministic: true}.Marshal(message)
		if err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
		if _, err := fmt.Fprintln(output, hex.EncodeToString(written)); err != nil {
			return err
		}
	}
	return lines.Err()
}
