// Command load sends requests to one server and says, as one line of JSON, how that went.
//
// Closed loop by default (each worker sends when its last answer came); open loop with -rate, where latency counts from
// the moment at which a request was due, so that a server that stalls is not spared the requests that waited.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

type settings struct {
	kind, target, method string
	requests, answers    string
	tokens               string
	bearers              []string
	headers              headers
	connections, workers int
	rate                 float64
	count                int
	seconds              float64
	once                 bool
}

type headers map[string]string

func (h headers) String() string { return "" }

func (h headers) Set(text string) error {
	name, value, found := strings.Cut(text, ":")
	if !found {
		return fmt.Errorf("a header is name:value")
	}
	h[strings.ToLower(strings.TrimSpace(name))] = strings.TrimSpace(value)
	return nil
}

func main() {
	s := settings{headers: headers{}}
	flag.StringVar(&s.kind, "kind", "grpc", "grpc, grpcweb or http")
	flag.StringVar(&s.target, "target", "", "host:port; of http the whole address")
	flag.StringVar(&s.method, "method", "", "full gRPC method: package.Service/Method")
	flag.StringVar(&s.requests, "requests", "", "file with one request as JSON on each line")
	flag.StringVar(&s.answers, "answers", "", "send each request once, in order, and write the answers here as JSON")
	flag.StringVar(&s.tokens, "tokens", "", "file with an access token on each line: request n goes with token n (gRPC only)")
	flag.Var(s.headers, "header", "name:value, as often as wanted")
	flag.IntVar(&s.connections, "connections", 4, "connections")
	flag.IntVar(&s.workers, "workers", 16, "requests at a time in a closed loop; most under way in an open one × 64")
	flag.Float64Var(&s.rate, "rate", 0, "requests a second in an open loop; 0 is a closed one")
	flag.IntVar(&s.count, "count", 0, "requests in all; 0 for as long as -seconds")
	flag.Float64Var(&s.seconds, "seconds", 0, "how long to send")
	flag.BoolVar(&s.once, "once", false, "send no request twice; ends with the last one")
	flag.Parse()
	if err := run(s); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(s settings) error {
	if s.requests == "" || s.target == "" || (s.count == 0 && s.seconds == 0 && !s.once && s.answers == "") {
		return fmt.Errorf("-requests, -target and one of -count, -seconds, -once, -answers are needed")
	}
	lines, err := readLines(s.requests)
	if err != nil {
		return err
	}
	if s.tokens != "" {
		if s.kind != "grpc" {
			return fmt.Errorf("-tokens is for gRPC")
		}
		if s.bearers, err = readLines(s.tokens); err != nil {
			return err
		}
	}
	client, err := newClient(s)
	if err != nil {
		return err
	}
	defer client.close()
	bodies := make([][]byte, len(lines))
	for i, line := range lines {
		if bodies[i], err = client.encode(line); err != nil {
			return fmt.Errorf("request %d: %w", i+1, err)
		}
	}
	if s.answers != "" {
		return writeAnswers(client, bodies, s)
	}
	report := newLoop(s, client, bodies).run(context.Background())
	return json.NewEncoder(os.Stdout).Encode(report)
}

func readLines(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	if lines[0] == "" {
		return nil, fmt.Errorf("%s holds no request", path)
	}
	return lines, nil
}

// writeAnswers writes for each request its answer, or the error in an object of its own.
func writeAnswers(client client, bodies [][]byte, s settings) error {
	file, err := os.Create(s.answers)
	if err != nil {
		return err
	}
	defer file.Close()
	for number, body := range bodies {
		ctx, cancel := context.WithTimeout(withToken(context.Background(), s.bearers, number), 20*time.Second)
		answer, err := client.call(ctx, 0, body)
		cancel()
		text := ""
		if err == nil {
			text, err = client.decode(answer)
		}
		if err != nil {
			quoted, _ := json.Marshal(map[string]string{"failed": err.Error()})
			text = string(quoted)
		}
		if _, err := fmt.Fprintln(file, text); err != nil {
			return err
		}
	}
	return nil
}
