package main

import (
	"testing"

	assignments "aula.example/bench/gen/aula/assignments/v1"
	grades "aula.example/bench/gen/aula/grades/v1"
)

func optionsOf(ids ...string) (made []*assignments.QuestionOption) {
	for _, id := range ids {
		made = append(made, &assignments.QuestionOption{Id: id, Text: id})
	}
	return made
}

func multiple(credit assignments.PartialCredit) *question {
	made, err := newQuestion(&assignments.Question{Points: 10, Form: &assignments.QuestionForm{
		Form: &assignments.QuestionForm_MultipleChoice{MultipleChoice: &assignments.MultipleChoiceForm{
			Options: optionsOf("a", "b", "c", "d", "e", "f"), CorrectOptionIds: []string{"a", "b", "c"}, PartialCredit: credit}}}})
	if err != nil {
		panic(err)
	}
	return made
}

func TestChoicesAreWorthAsTheRuleSays(t *testing.T) {
	for _, one := range []struct {
		rule   assignments.PartialCredit
		chosen []string
		points int64
	}{
		{assignments.PartialCredit_PARTIAL_CREDIT_PER_OPTION, []string{"c", "b", "a"}, 1_000},
		{assignments.PartialCredit_PARTIAL_CREDIT_PER_OPTION, []string{"a", "d"}, 500},
		{assignments.PartialCredit_PARTIAL_CREDIT_PER_OPTION, []string{"a", "b"}, 833},
		{assignments.PartialCredit_PARTIAL_CREDIT_RIGHT_MINUS_WRONG, []string{"a", "b", "d"}, 333},
		{assignments.PartialCredit_PARTIAL_CREDIT_RIGHT_MINUS_WRONG, []string{"d", "e"}, 0},
		{assignments.PartialCredit_PARTIAL_CREDIT_RIGHT_MINUS_WRONG, []string{"a", "b"}, 667},
		{assignments.PartialCredit_PARTIAL_CREDIT_ALL_OR_NOTHING, []string{"a", "b"}, 0},
		{assignments.PartialCredit_PARTIAL_CREDIT_ALL_OR_NOTHING, nil, 0},
	} {
		answer := &grades.Answer{Answer: &grades.Answer_Choice{Choice: &grades.ChoiceAnswer{OptionIds: one.chosen}}}
		if points, correct := multiple(one.rule).mark(answer); points != one.points || correct != (points == 1_000) {
			t.Errorf("%v of %v is %d, %v", one.rule, one.chosen, points, correct)
		}
	}
}

func TestWordsAreComparedAsTheRuleSays(t *testing.T) {
	for _, one := range []struct {
		given string
		rule  *assignments.AcceptedText
		same  bool
	}{
		{"  Café\u00a0 au LAIT ", &assignments.AcceptedText{Value: "café au lait"}, true},
		{"cafe au lait", &assignments.AcceptedText{Value: "café au lait"}, false},
		{"cafe au lait", &assignments.AcceptedText{Value: "café au lait", IgnoreAccents: true}, true},
		{"STRASSE", &assignments.AcceptedText{Value: "Straße"}, true},
		{"ada", &assignments.AcceptedText{Value: "Ada", CaseSensitive: true}, false},
		{" ", &assignments.AcceptedText{Value: "x"}, false},
	} {
		made, err := newQuestion(&assignments.Question{Points: 4, Form: &assignments.QuestionForm{
			Form: &assignments.QuestionForm_ShortAnswer{ShortAnswer: &assignments.ShortAnswerForm{
				Accepted: []*assignments.AcceptedAnswer{
					{Answer: &assignments.AcceptedAnswer_Text{Text: one.rule}, CreditPercent: 50}}}}}})
		if err != nil {
			t.Fatal(err)
		}
		points, correct := made.mark(&grades.Answer{Answer: &grades.Answer_Text{Text: one.given}})
		if (points == 200) != one.same || correct {
			t.Errorf("%q for %v is %d", one.given, one.rule, points)
		}
	}
}

func TestAnswersMustSuit(t *testing.T) {
	made := &paper{byID: map[string]*question{"q": multiple(assignments.PartialCredit_PARTIAL_CREDIT_PER_OPTION)}}
	choice := func(id string, options ...string) *grades.Answer {
		return &grades.Answer{QuestionId: id, Answer: &grades.Answer_Choice{Choice: &grades.ChoiceAnswer{OptionIds: options}}}
	}
	for _, wrong := range [][]*grades.Answer{
		{choice("other", "a")}, {choice("q", "z")}, {choice("q", "a"), choice("q", "b")},
		{{QuestionId: "q", Answer: &grades.Answer_Text{Text: "a"}}},
	} {
		if made.take(map[string]*response{}, wrong) == nil {
			t.Errorf("%v must not be taken", wrong)
		}
	}
	responses := map[string]*response{}
	if err := made.take(responses, []*grades.Answer{choice("q", "a", "b")}); err != nil || responses["q"] == nil {
		t.Fatalf("%v, %v", responses, err)
	}
}

func TestPassing(t *testing.T) {
	made := &paper{version: &assignments.QuizVersion{Settings: &assignments.QuizSettings{PassingPercentage: 66.67}}}
	if made.passes(6_666, 10_000) || !made.passes(6_667, 10_000) {
		t.Fatal("66.67 % of 100 points are 66.67 points")
	}
}
