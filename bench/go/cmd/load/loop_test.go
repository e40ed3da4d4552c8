package main

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"
)

func serve(t *testing.T, answer func(number int64) string) (*httptest.Server, *atomic.Int64) {
	t.Helper()
	calls := &atomic.Int64{}
	server := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		_, _ = writer.Write([]byte(answer(calls.Add(1))))
	}))
	t.Cleanup(server.Close)
	return server, calls
}

func loopAt(t *testing.T, url string, change func(*settings)) *loop {
	t.Helper()
	s := settings{kind: "http", target: url, headers: headers{}, connections: 1, workers: 2}
	change(&s)
	client, err := newClient(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.close)
	return newLoop(s, client, [][]byte{[]byte(`{"query":"a"}`), []byte(`{"query":"b"}`)})
}

const good = `{"data":{}}`

func TestByCountSendsExactlySoMany(t *testing.T) {
	server, calls := serve(t, func(int64) string { return good })
	report := loopAt(t, server.URL, func(s *settings) { s.count = 37 }).run(context.Background())
	if report.OK != 37 || calls.Load() != 37 || report.Errors != 0 {
		t.Fatalf("%+v after %d calls", report, calls.Load())
	}
	if report.BytesIn != 37*int64(len(good)) {
		t.Fatalf("%d bytes", report.BytesIn)
	}
}

func TestOnceSendsNothingTwice(t *testing.T) {
	server, calls := serve(t, func(int64) string { return good })
	report := loopAt(t, server.URL, func(s *settings) { s.once, s.seconds = true, 20 }).run(context.Background())
	if report.OK != 2 || calls.Load() != 2 {
		t.Fatalf("%+v after %d calls", report, calls.Load())
	}
}

func TestAnswersWithErrorsAreErrors(t *testing.T) {
	server, _ := serve(t, func(number int64) string {
		if number == 3 {
			return `{"errors":[{"message":"no"}],"data":{"a":null}}`
		}
		return good
	})
	report := loopAt(t, server.URL, func(s *settings) { s.count = 5 }).run(context.Background())
	if report.OK != 4 || report.Errors != 1 || report.FirstError == "" {
		t.Fatalf("%+v", report)
	}
}

func TestOpenLoopCountsTheWaitOfRequestsThatWereDue(t *testing.T) {
	const stall = 300 * time.Millisecond
	release := time.Now().Add(stall)
	server, _ := serve(t, func(int64) string {
		<-time.After(time.Until(release))
		return good
	})
	report := loopAt(t, server.URL, func(s *settings) { s.rate, s.count = 100, 40 }).run(context.Background())
	if report.OK != 40 || report.LatencyMs["max"] < 200 {
		t.Fatalf("the stall at the beginning must show: %+v", report)
	}
	if report.LatencyMs["p50"] >= report.LatencyMs["max"] {
		t.Fatalf("requests that were due later waited less: %+v", report)
	}
}

func TestOpenLoopKeepsItsRate(t *testing.T) {
	server, _ := serve(t, func(int64) string { return good })
	report := loopAt(t, server.URL, func(s *settings) { s.rate, s.seconds = 200, 0.5 }).run(context.Background())
	if report.OK < 95 || report.OK > 101 {
		t.Fatalf("half a second of 200 a second is 100: %+v", report)
	}
}

func TestRateAboveTheServerIsAnError(t *testing.T) {
	block := make(chan struct{})
	server, _ := serve(t, func(int64) string {
		<-block
		return good
	})
	time.AfterFunc(400*time.Millisecond, func() { close(block) })
	report := loopAt(t, server.URL, func(s *settings) {
		s.rate, s.count, s.workers = 10_000, 200, 1
	}).run(context.Background())
	if report.Errors != 200-openLoopFactor {
		t.Fatalf("%d places: %+v", openLoopFactor, report)
	}
}

func TestMessagesGoThroughJson(t *testing.T) {
	messages, err := messagesOf("aula.courses.v1.CourseService/GetCourse")
	if err != nil {
		t.Fatal(err)
	}
	bytes, err := messages.encode(`{"courseId":"019b76da-a800-7000-8000-00000000c001"}`)
	if err != nil || len(bytes) != 38 {
		t.Fatalf("%d bytes, %v", len(bytes), err)
	}
	if _, err := messages.encode(`{"no":"such field"}`); err == nil {
		t.Fatal("a field that is not in the contract must be refused")
	}
	text, err := messages.decode(nil)
	if err != nil || !json.Valid([]byte(text)) {
		t.Fatalf("%q, %v", text, err)
	}
	if _, err := messagesOf("aula.courses.v1.CourseService/NoSuch"); err == nil {
		t.Fatal("a method that is not in the contract must be refused")
	}
}

func TestGrpcWebReadsTrailers(t *testing.T) {
	ok := append([]byte{0, 0, 0, 0, 1, 'x', 0x80, 0, 0, 0, 15}, []byte("grpc-status:0\r\n")...)
	message, err := messageOf(ok)
	if err != nil || string(message) != "x" {
		t.Fatalf("%q, %v", message, err)
	}
	failed := append([]byte{0x80, 0, 0, 0, 15}, []byte("grpc-status:5\r\n")...)
	for _, answer := range [][]byte{failed, ok[:6], nil} {
		if _, err := messageOf(answer); err == nil {
			t.Fatalf("%q must be an error", answer)
		}
	}
}

func TestEachRequestGoesWithItsOwnToken(t *testing.T) {
	for number, want := range []string{"a", "b", "a"} {
		if got := withToken(context.Background(), []string{"a", "b"}, number).Value(tokenKey{}); got != want {
			t.Errorf("request %d goes with %v", number, got)
		}
	}
	if got := withToken(context.Background(), nil, 0).Value(tokenKey{}); got != nil {
		t.Errorf("nobody's token is %v", got)
	}
}
