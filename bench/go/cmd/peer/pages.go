package main

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	courses "aula.example/bench/gen/aula/courses/v1"
)

// pages seals where a list goes on, bound to the caller and the arguments, as the platform does.
type pages struct{ cipher cipher.AEAD }

func newPages() *pages {
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	sealing, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return &pages{sealing}
}

func (p *pages) seal(ctx context.Context, request *courses.ListCoursesRequest, id string) (string, error) {
	bound, err := boundTo(ctx, request)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, p.cipher.NonceSize())
	_, _ = rand.Read(nonce)
	return base64.RawURLEncoding.EncodeToString(p.cipher.Seal(nonce, nonce, []byte(id), bound)), nil
}

func (p *pages) open(ctx context.Context, request *courses.ListCoursesRequest, token string) (string, error) {
	bound, err := boundTo(ctx, request)
	if err != nil {
		return "", err
	}
	sealed, err := base64.RawURLEncoding.DecodeString(token)
	if err == nil && len(sealed) > p.cipher.NonceSize() {
		var id []byte
		if id, err = p.cipher.Open(nil, sealed[:p.cipher.NonceSize()], sealed[p.cipher.NonceSize():], bound); err == nil {
			return string(id), nil
		}
	}
	return "", status.Error(codes.InvalidArgument, "the page token is invalid for this list")
}

func boundTo(ctx context.Context, request *courses.ListCoursesRequest) ([]byte, error) {
	subject := ""
	if caller := callerOf(ctx); caller != nil {
		subject = caller.Subject
	}
	arguments := &courses.ListCoursesRequest{Filter: request.GetFilter(), OrderBy: request.GetOrderBy()}
	return proto.MarshalOptions{Deterministic: true}.MarshalAppend([]byte("ListCourses\n"+subject+"\n"), arguments)
}
