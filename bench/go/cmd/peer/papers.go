package main

import (
	"context"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"

	assignments "aula.example/bench/gen/aula/assignments/v1"
	grades "aula.example/bench/gen/aula/grades/v1"
)

const usualCharacters = 500

// papers keeps published versions, which never change: a class that hands in reads one once.
type papers struct {
	lock sync.RWMutex
	kept map[paperKey]*paper
}

type paperKey struct {
	quiz    string
	version int32
}

func (p *papers) get(ctx context.Context, tx pgx.Tx, quiz string, version int32) (*paper, error) {
	key := paperKey{quiz, version}
	p.lock.RLock()
	known := p.kept[key]
	p.lock.RUnlock()
	if known != nil {
		return known, nil
	}
	var document []byte
	err := tx.QueryRow(ctx, "SELECT document FROM assignments_api.quiz_versions WHERE quiz_id = $1 AND version = $2",
		quiz, version).Scan(&document)
	if err != nil {
		return nil, err
	}
	parsed := &assignments.QuizVersion{}
	if err := proto.Unmarshal(document, parsed); err != nil {
		return nil, err
	}
	made, err := newPaper(parsed)
	if err != nil {
		return nil, err
	}
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.kept == nil {
		p.kept = map[paperKey]*paper{}
	}
	p.kept[key] = made
	return made, nil
}

// paper is a version as it is used here.
type paper struct {
	version   *assignments.QuizVersion
	questions []*question
	byID      map[string]*question
}

type question struct {
	*assignments.Question
	learners *assignments.LearnerQuestion
	options  []string
	correct  []string
	words    []accepted
}

type accepted struct {
	value  string
	rule   *assignments.AcceptedText
	credit int64
}

func newPaper(version *assignments.QuizVersion) (*paper, error) {
	if version.GetSettings().GetShuffleQuestions() || version.GetSettings().GetShuffleOptions() {
		return nil, status.Error(codes.Unimplemented, "quizzes in their own order only")
	}
	made := &paper{version: version, byID: map[string]*question{}}
	for _, item := range version.GetItems() {
		if item.GetQuestion() == nil {
			return nil, status.Error(codes.Unimplemented, "quizzes without draws only")
		}
		question, err := newQuestion(item.GetQuestion())
		if err != nil {
			return nil, err
		}
		made.questions = append(made.questions, question)
		made.byID[question.GetId()] = question
	}
	return made, nil
}

func newQuestion(written *assignments.Question) (*question, error) {
	made := &question{Question: written, learners: &assignments.LearnerQuestion{
		Id: written.GetId(), Text: written.GetText(), Points: written.GetPoints()}}
	switch form := written.GetForm().GetForm().(type) {
	case *assignments.QuestionForm_TrueFalse:
		made.learners.Type = assignments.QuestionType_QUESTION_TYPE_TRUE_FALSE
	case *assignments.QuestionForm_SingleChoice:
		made.learners.Type = assignments.QuestionType_QUESTION_TYPE_SINGLE_CHOICE
		made.offer(form.SingleChoice.GetOptions())
		made.correct = []string{form.SingleChoice.GetCorrectOptionId()}
	case *assignments.QuestionForm_MultipleChoice:
		made.learners.Type = assignments.QuestionType_QUESTION_TYPE_MULTIPLE_CHOICE
		made.offer(form.MultipleChoice.GetOptions())
		made.correct = form.MultipleChoice.GetCorrectOptionIds()
	case *assignments.QuestionForm_ShortAnswer:
		made.learners.Type = assignments.QuestionType_QUESTION_TYPE_SHORT_ANSWER
		made.learners.MaxCharacters = form.ShortAnswer.GetMaxCharacters()
		if made.learners.MaxCharacters == 0 {
			made.learners.MaxCharacters = usualCharacters
		}
		for _, one := range form.ShortAnswer.GetAccepted() {
			if one.GetText() == nil {
				return nil, status.Error(codes.Unimplemented, "words only, neither patterns nor numbers")
			}
			made.words = append(made.words,
				accepted{plain(one.GetText().GetValue(), one.GetText()), one.GetText(), int64(one.GetCreditPercent())})
		}
	default:
		return nil, status.Error(codes.Unimplemented, "what a machine grades only")
	}
	return made, nil
}

func (q *question) offer(options []*assignments.QuestionOption) {
	for _, option := range options {
		q.options = append(q.options, option.GetId())
		q.learners.Options = append(q.learners.Options, &assignments.LearnerOption{Id: option.GetId(), Text: option.GetText()})
	}
}

// passes says whether so many hundredths of points are enough.
func (p *paper) passes(score, most int64) bool {
	percent := int64(math.Round(p.version.GetSettings().GetPassingPercentage() * 100))
	return score*10_000 >= percent*most
}

// take puts the answers of a request with those that were saved; each must suit its question.
func (p *paper) take(responses map[string]*response, given []*grades.Answer) error {
	seen := map[string]bool{}
	for _, answer := range given {
		id := strings.ToLower(answer.GetQuestionId())
		question := p.byID[id]
		if question == nil || seen[id] || !question.suits(answer) {
			return status.Error(codes.InvalidArgument, "an answer does not suit the attempt")
		}
		seen[id] = true
		responses[id] = &response{answer: answer}
	}
	return nil
}

func (q *question) suits(answer *grades.Answer) bool {
	switch form := q.GetForm().GetForm().(type) {
	case *assignments.QuestionForm_TrueFalse:
		_, ok := answer.GetAnswer().(*grades.Answer_TrueFalse)
		return ok
	case *assignments.QuestionForm_ShortAnswer:
		text, ok := answer.GetAnswer().(*grades.Answer_Text)
		return ok && utf8.RuneCountInString(text.Text) <= int(q.learners.GetMaxCharacters())
	default:
		choice, ok := answer.GetAnswer().(*grades.Answer_Choice)
		_, single := form.(*assignments.QuestionForm_SingleChoice)
		if !ok || single && len(choice.Choice.GetOptionIds()) > 1 {
			return false
		}
		return !slices.ContainsFunc(choice.Choice.GetOptionIds(), func(id string) bool { return !slices.Contains(q.options, id) })
	}
}

// mark says what an answer is worth, in hundredths of points, and whether that is all of them.
func (q *question) mark(answer *grades.Answer) (int64, bool) {
	if answer == nil {
		return 0, false
	}
	switch form := q.GetForm().GetForm().(type) {
	case *assignments.QuestionForm_TrueFalse:
		if answer.GetTrueFalse() == form.TrueFalse.GetCorrect() {
			return q.part(1, 1)
		}
		return 0, false
	case *assignments.QuestionForm_ShortAnswer:
		return q.part(q.credit(answer.GetText()), 100)
	default:
		return q.markChoice(answer.GetChoice().GetOptionIds())
	}
}

func (q *question) markChoice(chosen []string) (int64, bool) {
	right := int64(0)
	for _, option := range chosen {
		if slices.Contains(q.correct, option) {
			right++
		}
	}
	wrong, wanted, all := int64(len(chosen))-right, int64(len(q.correct)), int64(len(q.options))
	if wrong == 0 && right == wanted {
		return q.part(1, 1)
	}
	switch q.GetForm().GetMultipleChoice().GetPartialCredit() {
	case assignments.PartialCredit_PARTIAL_CREDIT_PER_OPTION:
		return q.part(all-wrong-(wanted-right), all)
	case assignments.PartialCredit_PARTIAL_CREDIT_RIGHT_MINUS_WRONG:
		return q.part(max(0, right-wrong), wanted)
	}
	return 0, false
}

// part rounds half up.
func (q *question) part(counter, denominator int64) (int64, bool) {
	return (2*int64(q.GetPoints())*100*counter + denominator) / (2 * denominator), counter == denominator
}

// credit is the percentage of the first accepted answer that matches.
func (q *question) credit(text string) int64 {
	for _, one := range q.words {
		if given := plain(text, one.rule); given != "" && given == one.value {
			return one.credit
		}
	}
	return 0
}

var spaces = regexp.MustCompile(`[\s\x{00A0}]+`)

// plain is words as they are compared: NFKC, one space between them, if so wished without accents and capital letters.
func plain(text string, rule *assignments.AcceptedText) string {
	made := spaces.ReplaceAllString(strings.TrimSpace(norm.NFKC.String(text)), " ")
	if rule.GetIgnoreAccents() {
		without := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.M)), norm.NFKC)
		made, _, _ = transform.String(without, made)
	}
	if rule.GetCaseSensitive() {
		return made
	}
	// By way of capital letters, so that ß and SS are the same.
	return cases.Lower(language.Und).String(cases.Upper(language.Und).String(made))
}

// shown is the question as the learner sees it in an attempt that is handed in.
func (q *question) shown(found *response, shows bool) *grades.AttemptQuestion {
	made := &grades.AttemptQuestion{Question: q.learners}
	if found != nil {
		made.Answer = found.answer
	}
	if shows {
		if found != nil {
			made.Result = &grades.QuestionResult{
				Points: float64(found.points) / 100, MaxPoints: float64(q.GetPoints()), Correct: found.correct}
		}
		made.Key, made.Explanation = q.GetForm(), q.GetExplanation()
	}
	return made
}
