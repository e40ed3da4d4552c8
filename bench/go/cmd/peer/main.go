// Command peer is a Go server of the part of the contract that W1, W2 and W4 measure: grpc-go and pgx, set up as their
// documentation recommends. With CHECKS=true it asks of each call what the platform asks: token, policy, deadline,
// bounds of the request.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"google.golang.org/grpc"

	courses "aula.example/bench/gen/aula/courses/v1"
	enrollments "aula.example/bench/gen/aula/enrollments/v1"
	grades "aula.example/bench/gen/aula/grades/v1"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := run(ctx); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context) error {
	var options []grpc.ServerOption
	if os.Getenv("CHECKS") == "true" {
		checks, err := newChecks("127.0.0.1:" + os.Getenv("AUTH_PORT"))
		if err != nil {
			return err
		}
		options = append(options, grpc.ChainUnaryInterceptor(checks.intercept))
	} else {
		options = append(options, grpc.ChainUnaryInterceptor(trustCaller))
	}
	coursePool, err := pool(ctx, "courses")
	if err != nil {
		return err
	}
	defer coursePool.Close()
	enrollmentPool, err := pool(ctx, "enrollments")
	if err != nil {
		return err
	}
	defer enrollmentPool.Close()
	gradePool, err := pool(ctx, "grades")
	if err != nil {
		return err
	}
	defer gradePool.Close()
	server := grpc.NewServer(options...)
	courses.RegisterCourseServiceServer(server, &courseServer{pool: coursePool, pages: newPages()})
	enrollments.RegisterEnrollmentServiceServer(server, &enrollmentServer{pool: enrollmentPool})
	grades.RegisterAttemptServiceServer(server, &quizServer{pool: gradePool})
	serveStats(os.Getenv("STATS_PORT"))
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	if err != nil {
		return err
	}
	go func() {
		<-ctx.Done()
		server.GracefulStop()
	}()
	return server.Serve(listener)
}

// pool connects as the service of this name, by its own login. pgx prepares each statement once for a connection.
func pool(ctx context.Context, service string) (*pgxpool.Pool, error) {
	password, err := os.ReadFile(os.Getenv("SECRETS_DIR") + "/postgres/" + service + ".password")
	if err != nil {
		return nil, err
	}
	address := strings.TrimPrefix(os.Getenv("POSTGRES_URL"), "jdbc:postgresql://")
	config, err := pgxpool.ParseConfig("postgres://" + service + "@" + address)
	if err != nil {
		return nil, err
	}
	config.ConnConfig.Password = strings.TrimSpace(string(password))
	config.ConnConfig.RuntimeParams["application_name"] = "peer-go"
	config.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeCacheStatement
	config.MaxConns = 4
	config.MinConns = 1
	return pgxpool.NewWithConfig(ctx, config)
}

// serveStats tells how much was allocated since the start, on a port of its own that is asked before and after only.
func serveStats(port string) {
	handler := http.HandlerFunc(func(writer http.ResponseWriter, _ *http.Request) {
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		_ = json.NewEncoder(writer).Encode(map[string]uint64{"allocated_bytes": memory.TotalAlloc})
	})
	go func() { log.Print(fmt.Errorf("stats: %w", http.ListenAndServe("127.0.0.1:"+port, handler))) }()
}
