package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"

	// Their descriptors turn requests and answers into JSON and back.
	_ "aula.example/bench/gen/aula/auth/v1"
	_ "aula.example/bench/gen/aula/courses/v1"
	_ "aula.example/bench/gen/aula/enrollments/v1"
	_ "aula.example/bench/gen/aula/grades/v1"
)

// client sends encoded requests. Encoding is done before, so that it costs nothing while the clock runs.
type client interface {
	encode(line string) ([]byte, error)
	call(ctx context.Context, connection int, body []byte) ([]byte, error)
	decode(answer []byte) (string, error)
	close()
}

func newClient(s settings) (client, error) {
	switch s.kind {
	case "http":
		return &httpClient{client: newHTTP(s.connections), url: s.target, headers: s.headers}, nil
	case "grpc", "grpcweb":
		messages, err := messagesOf(s.method)
		if err != nil {
			return nil, err
		}
		if s.kind == "grpcweb" {
			return &webClient{messages, newHTTP(s.connections), "http://" + s.target + "/" + s.method, s.headers}, nil
		}
		return newGrpc(s, messages)
	}
	return nil, fmt.Errorf("no kind is called %q", s.kind)
}

// messages are the types of one method.
type messages struct {
	input, output protoreflect.MessageDescriptor
}

func messagesOf(method string) (messages, error) {
	name := protoreflect.FullName(strings.ReplaceAll(method, "/", "."))
	found, err := protoregistry.GlobalFiles.FindDescriptorByName(name)
	if err != nil {
		return messages{}, fmt.Errorf("%s: %w", method, err)
	}
	descriptor, ok := found.(protoreflect.MethodDescriptor)
	if !ok {
		return messages{}, fmt.Errorf("%s is no method", method)
	}
	return messages{descriptor.Input(), descriptor.Output()}, nil
}

func (m messages) encode(line string) ([]byte, error) {
	message := dynamicpb.NewMessage(m.input)
	if err := protojson.Unmarshal([]byte(line), message); err != nil {
		return nil, err
	}
	return proto.Marshal(message)
}

func (m messages) decode(answer []byte) (string, error) {
	message := dynamicpb.NewMessage(m.output)
	if err := proto.Unmarshal(answer, message); err != nil {
		return "", err
	}
	text, err := protojson.Marshal(message)
	return string(text), err
}

// raw passes bytes through: what is measured is the server, not this program's reading of its answers.
type raw struct{}

func (raw) Name() string { return "proto" }

func (raw) Marshal(value any) ([]byte, error) { return *value.(*[]byte), nil }

func (raw) Unmarshal(data []byte, value any) error {
	*value.(*[]byte) = bytes.Clone(data)
	return nil
}

type grpcClient struct {
	messages
	connections []*grpc.ClientConn
	method      string
	metadata    metadata.MD
}

func newGrpc(s settings, messages messages) (client, error) {
	made := &grpcClient{messages: messages, method: "/" + s.method, metadata: metadata.New(s.headers)}
	for range s.connections {
		connection, err := grpc.NewClient("passthrough:///"+s.target,
			grpc.WithTransportCredentials(insecure.NewCredentials()),
			grpc.WithDefaultCallOptions(grpc.ForceCodec(raw{}), grpc.MaxCallRecvMsgSize(16<<20)))
		if err != nil {
			return nil, err
		}
		made.connections = append(made.connections, connection)
	}
	return made, nil
}

func (c *grpcClient) call(ctx context.Context, connection int, body []byte) ([]byte, error) {
	var answer []byte
	ctx = metadata.NewOutgoingContext(ctx, c.metadata)
	if token, ok := ctx.Value(tokenKey{}).(string); ok {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+token)
	}
	err := c.connections[connection%len(c.connections)].Invoke(ctx, c.method, &body, &answer)
	return answer, err
}

type tokenKey struct{}

// withToken says whose token the request of this number goes with, of several; with none nothing is said.
func withToken(ctx context.Context, tokens []string, number int) context.Context {
	if len(tokens) == 0 {
		return ctx
	}
	return context.WithValue(ctx, tokenKey{}, tokens[number%len(tokens)])
}

func (c *grpcClient) close() {
	for _, connection := range c.connections {
		connection.Close()
	}
}

func newHTTP(connections int) *http.Client {
	return &http.Client{Transport: &http.Transport{
		MaxIdleConns: connections * 64, MaxIdleConnsPerHost: connections * 64, DisableCompression: true}}
}

func post(ctx context.Context, client *http.Client, url string, headers headers, kind string, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	request.Header.Set("content-type", kind)
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("status %d: %.300s", response.StatusCode, answer)
	}
	return answer, err
}

// httpClient sends GraphQL. An answer with errors is an error, whatever its status.
type httpClient struct {
	client  *http.Client
	url     string
	headers headers
}

func (c *httpClient) encode(line string) ([]byte, error) {
	if !json.Valid([]byte(line)) {
		return nil, fmt.Errorf("this is no JSON")
	}
	return []byte(line), nil
}

func (c *httpClient) call(ctx context.Context, _ int, body []byte) ([]byte, error) {
	answer, err := post(ctx, c.client, c.url, c.headers, "application/json", body)
	if err == nil && (bytes.Contains(answer, []byte(`"errors":[`)) || !bytes.Contains(answer, []byte(`"data":{`))) {
		err = fmt.Errorf("an answer with errors: %.300s", answer)
	}
	return answer, err
}

func (c *httpClient) decode(answer []byte) (string, error) { return string(answer), nil }

func (c *httpClient) close() { c.client.CloseIdleConnections() }

// webClient speaks grpc-web over HTTP/1.1, as browsers do.
type webClient struct {
	messages
	client  *http.Client
	url     string
	headers headers
}

const frameHeader, trailerBit = 5, 0x80

func (c *webClient) call(ctx context.Context, _ int, body []byte) ([]byte, error) {
	frame := make([]byte, frameHeader, frameHeader+len(body))
	binary.BigEndian.PutUint32(frame[1:], uint32(len(body)))
	answer, err := post(ctx, c.client, c.url, c.headers, "application/grpc-web+proto", append(frame, body...))
	if err != nil {
		return nil, err
	}
	return messageOf(answer)
}

// messageOf reads a message and the trailers behind it, which say whether the call succeeded.
func messageOf(answer []byte) ([]byte, error) {
	var message []byte
	for len(answer) >= frameHeader {
		size := int(binary.BigEndian.Uint32(answer[1:frameHeader]))
		if len(answer) < frameHeader+size {
			break
		}
		content := answer[frameHeader : frameHeader+size]
		if answer[0]&trailerBit != 0 {
			if !bytes.Contains(bytes.ToLower(content), []byte("grpc-status:0")) &&
				!bytes.Contains(bytes.ToLower(content), []byte("grpc-status: 0")) {
				return nil, fmt.Errorf("trailers say %q", content)
			}
			return message, nil
		}
		message, answer = content, answer[frameHeader+size:]
	}
	return nil, fmt.Errorf("an answer without trailers")
}

func (c *webClient) close() { c.client.CloseIdleConnections() }
