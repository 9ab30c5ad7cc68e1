package openai

import (
	"context"
	"errors"
	"net/http"
	"time"
	"unicode/utf8"

	"klantbot/prompts"
	"klantbot/prompts/mask"
)

// Config says which model is asked and how far that may go. Zero stands for the
// default named with each.
type Config struct {
	BaseURL   string // for instance https://api.openai.com/v1
	Key       string // secret; never printed
	Model     string
	Lang      string            // nl (the default) or en: the language clauses are written in
	Call      time.Duration     // most one call may take, each retry anew; 60 s
	Job       time.Duration     // most a summary may take; 120 s
	Retries   int               // of one call; 2, below zero none
	Tokens    int               // most input tokens a job may use; 25,000
	Pause     time.Duration     // before the first retry, doubled for each next one, up to 10 s; 500 ms
	Transport http.RoundTripper // http.DefaultTransport
}

// Ports are what the rest of the house does for us. Only Offline and Nonce are
// needed; the others may be nil.
type Ports struct {
	Offline prompts.Summarizer
	Names   prompts.Names
	Cache   prompts.Cache
	Budget  prompts.Budget
	Audit   prompts.Auditor
	Nonce   func() string    // some letters and digits nobody can guess, new each time
	Now     func() time.Time // for the breaker and the audit
}

// Summarizer fulfils prompts.Summarizer with a model. It may be used by several
// goroutines, which share the breaker.
type Summarizer struct {
	config  Config
	ports   Ports
	client  *client
	breaker breaker
	sort    prompts.Prompt
	write   prompts.Prompt
}

// New returns a summarizer. It fails for a language without prompts.
func New(c Config, p Ports) (*Summarizer, error) {
	if c.Lang == "" {
		c.Lang = "nl"
	}
	c.Call, c.Job = orDefault(c.Call, 60*time.Second), orDefault(c.Job, 120*time.Second)
	c.Tokens = orDefault(c.Tokens, 25_000)
	c.Pause = orDefault(c.Pause, 500*time.Millisecond)
	c.Retries = max(0, orDefault(c.Retries, 2))
	s := &Summarizer{config: c, ports: p}
	var err error
	if s.sort, err = prompts.LoadPrompt(c.Lang, prompts.Map); err != nil {
		return nil, err
	}
	if s.write, err = prompts.LoadPrompt(c.Lang, prompts.Reduce); err != nil {
		return nil, err
	}
	s.client = newClient(c, p)
	return s, nil
}

func orDefault[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}

// refusedShare is how much of what a model wrote may be refused before nothing of
// it is trusted.
const refusedShare = .30

// job is one request under way.
type job struct {
	*Summarizer
	ask     prompts.Request
	plain   prompts.Summary // what offline made of it
	mask    *mask.Job
	nonce   string
	masked  map[prompts.ID]mask.Masked
	themes  map[prompts.ID][]string // by what offline counted and the model sorted
	tokens  int                     // left for this job
	written int                     // clauses the model wrote
	refused int                     // of which the gate refused
}

// Summarize answers in any case: with clauses of a model that all rest on what
// they cite, else with the summary of prompts/offline and the reason in Fallback.
// An error means that ctx ended.
func (s *Summarizer) Summarize(ctx context.Context, ask prompts.Request) (prompts.Summary, error) {
	plain, err := s.ports.Offline.Summarize(ctx, ask)
	if err != nil {
		return prompts.Summary{}, err
	}
	fallback := func(why string) (prompts.Summary, error) {
		if err := ctx.Err(); err != nil {
			return prompts.Summary{}, err
		}
		plain.Fallback = why
		return plain, nil
	}
	if !s.breaker.allows(s.ports.Now()) {
		return fallback("breaker")
	}
	limited, cancel := context.WithTimeout(ctx, s.config.Job)
	defer cancel()
	nonce := s.ports.Nonce()
	j := &job{Summarizer: s, ask: ask, plain: plain, mask: mask.New(s.ports.Names, nonce), nonce: nonce,
		masked: map[prompts.ID]mask.Masked{}, themes: map[prompts.ID][]string{}, tokens: s.config.Tokens}
	summary, err := j.run(limited)
	var failed *callError
	s.breaker.record(s.ports.Now(), errors.As(err, &failed) && failed.endpoint)
	if err != nil {
		return fallback(reasonOf(err))
	}
	if err := prompts.Verify(ask, summary); err != nil {
		return fallback("verify")
	}
	return summary, nil
}

// run asks the model.
func (j *job) run(ctx context.Context) (prompts.Summary, error) {
	chosen := j.choose()
	if len(chosen) == 0 {
		return prompts.Summary{}, reason("nothing to ask")
	}
	sorted, err := j.sortAll(ctx, chosen)
	if err != nil {
		return prompts.Summary{}, err
	}
	summary := j.plain
	summary.Mode, summary.Clauses = prompts.Model, nil
	for _, f := range j.plain.Findings {
		clauses, err := j.writeTheme(ctx, f.Theme, sorted)
		if err != nil {
			return prompts.Summary{}, err
		}
		summary.Clauses = append(summary.Clauses, clauses...)
	}
	if len(summary.Clauses) == 0 || float64(j.refused) > refusedShare*float64(j.written) {
		return prompts.Summary{}, reason("gate")
	}
	summary.LeftOut = account(j.ask, summary, j.plain.LeftOut)
	return summary, nil
}

// account says of each answer that is now in no clause and no quote why: what
// offline said, else that there was no room.
func account(ask prompts.Request, s prompts.Summary, before []prompts.LeftOut) []prompts.LeftOut {
	used, why := map[prompts.ID]bool{}, map[prompts.ID]prompts.LeftOut{}
	for _, q := range s.Quotes {
		used[q.ID] = true
	}
	for _, c := range s.Clauses {
		for _, id := range c.Citations {
			used[id] = true
		}
	}
	for _, l := range before {
		why[l.ID] = l
	}
	var left []prompts.LeftOut
	for _, a := range ask.Answers {
		if used[a.ID] {
			continue
		}
		l, ok := why[a.ID]
		if !ok {
			l = prompts.LeftOut{ID: a.ID, Reason: prompts.NoRoom}
		}
		if l.Reason == prompts.NoRoom && utf8.RuneCountInString(a.Text) > longestAnswer {
			l.Reason = prompts.TooLong
		}
		left = append(left, l)
	}
	return left
}
