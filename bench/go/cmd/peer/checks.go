package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"sync"
	"time"

	"buf.build/go/protovalidate"
	"github.com/golang-jwt/jwt/v5"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"

	auth "aula.example/bench/gen/aula/auth/v1"
	options "aula.example/bench/gen/aula/options/v1"
)

const mostTokens = 10_000

type claims struct {
	jwt.RegisteredClaims
	Permissions []string `json:"permissions"`
}

type callerKey struct{}

func callerOf(ctx context.Context) *claims {
	caller, _ := ctx.Value(callerKey{}).(*claims)
	return caller
}

// checks is what every call passes. A token that was verified once is known until it expires, as in the platform.
type checks struct {
	validator protovalidate.Validator
	keys      func(*jwt.Token) (any, error)
	parser    *jwt.Parser
	lock      sync.RWMutex
	verified  map[string]*claims
	contract  map[string]method
}

type method struct {
	policy   *options.Policy
	deadline time.Duration
}

func newChecks(authTarget string) (*checks, error) {
	keys, err := keysOf(authTarget)
	if err != nil {
		return nil, err
	}
	validator, err := protovalidate.New()
	if err != nil {
		return nil, err
	}
	return &checks{
		validator: validator,
		keys:      keys,
		parser: jwt.NewParser(jwt.WithValidMethods([]string{"ES256"}), jwt.WithIssuer("aula"), jwt.WithAudience("aula"),
			jwt.WithExpirationRequired()),
		verified: map[string]*claims{},
		contract: contract(),
	}, nil
}

// contract reads what the contract says of each method, once.
func contract() map[string]method {
	methods := map[string]method{}
	protoregistry.GlobalFiles.RangeFiles(func(file protoreflect.FileDescriptor) bool {
		for s := range file.Services().Len() {
			service := file.Services().Get(s)
			for m := range service.Methods().Len() {
				found := service.Methods().Get(m)
				policy, ok := proto.GetExtension(found.Options(), options.E_Policy).(*options.Policy)
				if !ok || policy == nil {
					continue
				}
				deadline := proto.GetExtension(found.Options(), options.E_Deadline).(interface{ AsDuration() time.Duration })
				methods["/"+string(service.FullName())+"/"+string(found.Name())] = method{policy, deadline.AsDuration()}
			}
		}
		return true
	})
	return methods
}

func keysOf(target string) (func(*jwt.Token) (any, error), error) {
	connection, err := grpc.NewClient("passthrough:///"+target, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	answer, err := auth.NewAuthServiceClient(connection).GetJwks(context.Background(), &auth.GetJwksRequest{})
	if err != nil {
		return nil, err
	}
	var set struct {
		Keys []struct{ Kid, X, Y string }
	}
	if err := json.Unmarshal([]byte(answer.GetJwksJson()), &set); err != nil {
		return nil, err
	}
	keys := map[string]*ecdsa.PublicKey{}
	for _, key := range set.Keys {
		x, errX := base64.RawURLEncoding.DecodeString(key.X)
		y, errY := base64.RawURLEncoding.DecodeString(key.Y)
		if errX == nil && errY == nil {
			keys[key.Kid] = &ecdsa.PublicKey{Curve: elliptic.P256(), X: new(big.Int).SetBytes(x), Y: new(big.Int).SetBytes(y)}
		}
	}
	return func(token *jwt.Token) (any, error) {
		id, _ := token.Header["kid"].(string)
		if key := keys[id]; key != nil {
			return key, nil
		}
		return nil, jwt.ErrTokenUnverifiable
	}, nil
}

func (c *checks) intercept(ctx context.Context, request any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	method, known := c.contract[info.FullMethod]
	if !known {
		return nil, status.Error(codes.PermissionDenied, "a method without a policy")
	}
	caller, err := c.caller(ctx)
	if err != nil {
		return nil, err
	}
	if !allowed(method.policy, caller) {
		return nil, status.Error(codes.PermissionDenied, "you may not do this")
	}
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, callerKey{}, caller), method.deadline)
	defer cancel()
	if err := c.validator.Validate(request.(proto.Message)); err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	return next(ctx, request)
}

func (c *checks) caller(ctx context.Context) (*claims, error) {
	header := metadata.ValueFromIncomingContext(ctx, "authorization")
	if len(header) == 0 {
		return nil, nil
	}
	token, found := strings.CutPrefix(header[0], "Bearer ")
	if !found {
		return nil, status.Error(codes.Unauthenticated, "not a bearer token")
	}
	c.lock.RLock()
	known := c.verified[token]
	c.lock.RUnlock()
	if known == nil {
		known = &claims{}
		if _, err := c.parser.ParseWithClaims(token, known, c.keys); err != nil || known.Subject == "" {
			return nil, status.Error(codes.Unauthenticated, "the token is not valid")
		}
		c.keep(token, known)
	}
	if !time.Now().Before(known.ExpiresAt.Time) {
		return nil, status.Error(codes.Unauthenticated, "the token is past its time")
	}
	return known, nil
}

func (c *checks) keep(token string, known *claims) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if len(c.verified) >= mostTokens {
		clear(c.verified)
	}
	c.verified[token] = known
}

func allowed(policy *options.Policy, caller *claims) bool {
	if policy.GetAnonymous() {
		return true
	}
	return caller != nil && (policy.GetSignedIn() || policy.GetOwner() || // whose it is the method itself asks
		slices.ContainsFunc(policy.GetPermissions(), func(wanted string) bool { return slices.Contains(caller.Permissions, wanted) }))
}

// trustCaller reads who calls out of the token and believes it: the server without its checks.
func trustCaller(ctx context.Context, request any, _ *grpc.UnaryServerInfo, next grpc.UnaryHandler) (any, error) {
	header := metadata.ValueFromIncomingContext(ctx, "authorization")
	if len(header) == 0 {
		return next(ctx, request)
	}
	known := &claims{}
	if _, _, err := jwt.NewParser().ParseUnverified(strings.TrimPrefix(header[0], "Bearer "), known); err != nil {
		return nil, status.Error(codes.Unauthenticated, "the token is not valid")
	}
	return next(context.WithValue(ctx, callerKey{}, known), request)
}
