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
	BaseURL   string // DefaultBaseURL when empty; see CheckEndpoint
	Key       string // secret; never printed
	Model     string
	Call      time.Duration     // most one call may take, each retry anew; 60 s
	Job       time.Duration     // most a summary may take; 120 s
	Retries   int               // of one call; 2, below zero none
	Tokens    int               // most input tokens a job may use; 25,000
	Pause     time.Duration     // before the first retry, doubled for each next one, up to 10 s; 500 ms
	Transport http.RoundTripper // a clone of http.DefaultTransport that dials what CheckEndpoint allows
}

// Ports are what the rest of the house does for us. Only Offline and Nonce are
// needed; the others may be nil.
type Ports struct {
	Offline prompts.Summarizer
	// Names returns what the office knows people by now; where it fails, nothing is
	// sent. Nil: there are none, and masking goes by patterns and capitals.
	Names  func(ctx context.Context) (prompts.Names, error)
	Sides  func(text string) (praise, blame bool) // see prompts.Gate
	Cache  prompts.Cache
	Budget prompts.Budget
	Audit  prompts.Auditor
	Nonce  func() string    // some letters and digits nobody can guess, new each time
	Now    func() time.Time // for the breaker and the audit
}

// Summarizer fulfils prompts.Summarizer with a model. It may be used by several
// goroutines, which share the breaker.
type Summarizer struct {
	config  Config
	ports   Ports
	client  *client
	breaker breaker
	sort    map[string]prompts.Prompt // by language
	write   map[string]prompts.Prompt
}

// New returns a summarizer. It fails for an endpoint that CheckEndpoint refuses.
func New(c Config, p Ports) (*Summarizer, error) {
	if c.BaseURL == "" {
		c.BaseURL = DefaultBaseURL
	}
	if _, err := CheckEndpoint(c.BaseURL); err != nil {
		return nil, err
	}
	c.Call, c.Job = orDefault(c.Call, 60*time.Second), orDefault(c.Job, 120*time.Second)
	c.Tokens = orDefault(c.Tokens, 25_000)
	c.Pause = orDefault(c.Pause, 500*time.Millisecond)
	c.Retries = max(0, orDefault(c.Retries, 2))
	s := &Summarizer{config: c, ports: p, sort: map[string]prompts.Prompt{}, write: map[string]prompts.Prompt{}}
	for _, lang := range languages {
		var err error
		if s.sort[lang], err = prompts.LoadPrompt(lang, prompts.Map); err != nil {
			return nil, err
		}
		if s.write[lang], err = prompts.LoadPrompt(lang, prompts.Reduce); err != nil {
			return nil, err
		}
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
	sort    prompts.Prompt
	write   prompts.Prompt
	masked  map[prompts.ID]mask.Masked
	themes  map[prompts.ID][]string // by what offline counted and the model sorted
	fresh   map[string]string       // what the model answered in this job, by cache key
	tokens  int                     // left for this job
	written int                     // clauses the model wrote
	refused int                     // of which the gate refused
}

// Summarize answers in any case: with clauses of a model that all rest on what
// they cite, else with the summary of prompts/offline and the reason in Fallback.
// An error means that ctx ended.
func (s *Summarizer) Summarize(ctx context.Context, ask prompts.Request) (prompts.Summary, error) {
	plain, err := s.ports.Offline.Summarize(ctx, ask)
	if err != nil || ask.Offline {
		return plain, err
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
	j, err := s.begin(limited)
	if err != nil {
		return fallback("names")
	}
	lang := languageOf(ask.Answers)
	j.ask, j.plain, j.sort, j.write = ask, plain, s.sort[lang], s.write[lang]
	summary, err := j.run(limited)
	var failed *callError
	s.breaker.record(s.ports.Now(), errors.As(err, &failed) && failed.endpoint)
	if err != nil {
		return fallback(reasonOf(err))
	}
	if err := prompts.Verify(ask, summary); err != nil {
		return fallback("verify")
	}
	j.keep(ctx)
	return summary, nil
}

// begin begins a job: with the names as the office knows them now.
func (s *Summarizer) begin(ctx context.Context) (*job, error) {
	var names prompts.Names
	if s.ports.Names != nil {
		var err error
		if names, err = s.ports.Names(ctx); err != nil {
			return nil, err
		}
	}
	nonce := s.ports.Nonce()
	return &job{Summarizer: s, mask: mask.New(names, nonce), nonce: nonce, masked: map[prompts.ID]mask.Masked{},
		themes: map[prompts.ID][]string{}, fresh: map[string]string{}, tokens: s.config.Tokens}, nil
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
