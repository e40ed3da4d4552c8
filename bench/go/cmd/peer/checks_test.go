package main

import (
	"context"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"

	courses "aula.example/bench/gen/aula/courses/v1"
	enrollments "aula.example/bench/gen/aula/enrollments/v1"
	options "aula.example/bench/gen/aula/options/v1"
)

func TestPolicyIsTheContracts(t *testing.T) {
	methods := contract()
	get, create := methods["/aula.courses.v1.CourseService/GetCourse"], methods["/"+enrollMethod]
	if !allowed(get.policy, nil) || get.deadline != 5*time.Second {
		t.Fatalf("anyone may read a course: %v", get)
	}
	if allowed(create.policy, nil) || !allowed(create.policy, &claims{}) {
		t.Fatalf("enrolling is for the signed-in: %v", create)
	}
	submit := methods["/aula.grades.v1.AttemptService/SubmitAttempt"]
	if allowed(submit.policy, nil) || !allowed(submit.policy, &claims{}) {
		t.Fatalf("what belongs to somebody is for the signed-in: %v", submit)
	}
	reviewing := &options.Policy{Permissions: []string{"courses:publish"}}
	if allowed(reviewing, &claims{}) || !allowed(reviewing, &claims{Permissions: []string{"courses:publish"}}) {
		t.Fatal("a permission is asked for")
	}
}

func TestTokensThatAreNoneAreRefused(t *testing.T) {
	c := &checks{verified: map[string]*claims{}}
	if caller, err := c.caller(context.Background()); caller != nil || err != nil {
		t.Fatalf("a visitor: %v, %v", caller, err)
	}
}

func TestPageTokensBelongToOneList(t *testing.T) {
	pages, ctx := newPages(), context.Background()
	request := &courses.ListCoursesRequest{Filter: &courses.CourseFilter{LanguageCode: "de"}}
	token, err := pages.seal(ctx, request, "id")
	if err != nil {
		t.Fatal(err)
	}
	if id, err := pages.open(ctx, request, token); err != nil || id != "id" {
		t.Fatalf("%q, %v", id, err)
	}
	other := proto.Clone(request).(*courses.ListCoursesRequest)
	other.Filter.LanguageCode = "en"
	for _, wrong := range []string{token[:8], token + "x", "%"} {
		if _, err := pages.open(ctx, request, wrong); err == nil {
			t.Fatalf("%q must not open", wrong)
		}
	}
	if _, err := pages.open(ctx, other, token); err == nil {
		t.Fatal("the token of another list must not open")
	}
}

func TestChangesNameWhatIsSet(t *testing.T) {
	changes, err := changesOf(&enrollments.Enrollment{Id: "a", Source: enrollments.EnrollmentSource_ENROLLMENT_SOURCE_FREE})
	if err != nil || len(changes) != 2 || changes[0].GetPath() != "id" || changes[0].GetAfterJson() != `"a"` {
		t.Fatalf("%v, %v", changes, err)
	}
}
