// A partner's program: signs in and prints the catalog, page by page.
//
//	AULA_URL=127.0.0.1:8080 AULA_USER=… AULA_PASSWORD=… go run ./partner
package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	authv1 "aula.example/go/aula/auth/v1"
	coursesv1 "aula.example/go/aula/courses/v1"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, explain(err))
		os.Exit(1)
	}
}

func run() error {
	target := strings.TrimPrefix(os.Getenv("AULA_URL"), "http://")
	// credentials.NewTLS in a deployment.
	connection, err := grpc.NewClient(target, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer connection.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()

	login, err := authv1.NewAuthServiceClient(connection).Login(ctx, &authv1.LoginRequest{
		Identifier: os.Getenv("AULA_USER"),
		Password:   os.Getenv("AULA_PASSWORD"),
		DeviceName: "Partner sample",
	})
	if err != nil {
		return err
	}
	fmt.Printf("Signed in with the roles %s.\n", strings.Join(login.GetAccount().GetRoles(), ", "))

	ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+login.GetTokens().GetAccessToken())
	catalog := coursesv1.NewCourseServiceClient(connection)
	request := &coursesv1.ListCoursesRequest{OrderBy: coursesv1.CourseOrder_COURSE_ORDER_TITLE, PageSize: 50}
	for {
		page, err := catalog.ListCourses(ctx, request)
		if err != nil {
			return err
		}
		for _, course := range page.GetCourses() {
			fmt.Printf("%s (%s)\n", course.GetTitle(), course.GetLanguageCode())
		}
		if page.GetNextPageToken() == "" {
			return nil
		}
		request.PageToken = page.GetNextPageToken()
	}
}

// explain gives the code, the reason out of the contract's ErrorReason enums, and every broken field.
func explain(err error) string {
	refused := status.Convert(err)
	lines := []string{fmt.Sprintf("%s: %s", refused.Code(), refused.Message())}
	for _, detail := range refused.Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			lines = append(lines, fmt.Sprintf("  reason %s %v", detail.GetReason(), detail.GetMetadata()))
		case *errdetails.BadRequest:
			for _, broken := range detail.GetFieldViolations() {
				lines = append(lines, fmt.Sprintf("  %s: %s", broken.GetField(), broken.GetDescription()))
			}
		}
	}
	return strings.Join(lines, "\n")
}
