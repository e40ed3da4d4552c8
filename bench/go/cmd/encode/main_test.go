package main

import (
	"encoding/hex"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	assignments "aula.example/bench/gen/aula/assignments/v1"
)

func TestEncodesLineByLine(t *testing.T) {
	var output strings.Builder
	input := `{"quizId":"q","version":1}` + "\n" + `{"title":"é"}` + "\n"
	if err := encode("aula.assignments.v1.QuizVersion", strings.NewReader(input), &output); err != nil {
		t.Fatal(err)
	}
	lines := strings.Fields(output.String())
	if len(lines) != 2 {
		t.Fatalf("%q", output.String())
	}
	written, _ := hex.DecodeString(lines[0])
	message := &assignments.QuizVersion{}
	if err := proto.Unmarshal(written, message); err != nil || message.GetQuizId() != "q" || message.GetVersion() != 1 {
		t.Fatalf("%v, %v", message, err)
	}
}

func TestSaysWhichLineIsWrong(t *testing.T) {
	err := encode("aula.assignments.v1.QuizVersion", strings.NewReader("{}\n{\"nothing\":1}\n"), &strings.Builder{})
	if err == nil || !strings.HasPrefix(err.Error(), "line 2:") {
		t.Fatal(err)
	}
	if err := encode("aula.None", strings.NewReader(""), &strings.Builder{}); err == nil {
		t.Fatal("no message is called so")
	}
}
