package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"os"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/prompts"
	"klantbot/prompts/offline"
	"klantbot/prompts/openai"
	"klantbot/storage/sqlstore"
)

// endpoint is the language model that the environment names. Naming it asks it
// nothing: an administrator turns it on.
type endpoint struct {
	baseURL, key, model string
	host                string // empty: none is configured
	// How long a call and a summary may take; zero leaves them to prompts/openai. The
	// tests with an endpoint that hangs shorten them.
	call, job time.Duration
}

// configuredEndpoint reads OPENAI_MODEL with OPENAI_API_KEY, OPENAI_BASE_URL or both.
// Without a model the others mean nothing to us: people have keys for other programs.
func configuredEndpoint() (endpoint, error) {
	key, err := secret("OPENAI_API_KEY")
	e := endpoint{baseURL: os.Getenv("OPENAI_BASE_URL"), key: key, model: os.Getenv("OPENAI_MODEL")}
	if err != nil || e.model == "" || e.key == "" && e.baseURL == "" {
		return endpoint{}, err
	}
	e.baseURL = cmp.Or(e.baseURL, openai.DefaultBaseURL)
	e.host, err = openai.CheckEndpoint(e.baseURL)
	switch {
	case errors.Is(err, openai.ErrPlainHTTP):
		err = analysis.Fail(analysis.Invalid, "config.endpoint_http", nil)
	case errors.Is(err, openai.ErrCredentials):
		err = analysis.Fail(analysis.Invalid, "config.endpoint_secret", nil)
	case err != nil:
		err = analysis.Fail(analysis.Invalid, "config.endpoint_wrong", nil)
	}
	return e, err
}

// modelOf is the office's model on the database db. now is business time.
func (e endpoint) modelOf(db *sqlstore.DB, now func() time.Time) commands.Model {
	return commands.Model{Host: e.host, Name: e.model, Settings: db, Kept: db, Store: db, Now: now}
}

// written is what asks the configured model on behalf of the office; nil: none is.
func (e endpoint) written(db *sqlstore.DB, model commands.Model) (*openai.Summarizer, error) {
	if e.host == "" {
		return nil, nil
	}
	return openai.New(openai.Config{BaseURL: e.baseURL, Key: e.key, Model: e.model, Call: e.call, Job: e.job},
		openai.Ports{Offline: offline.Summarizer{}, Sides: offline.Sides, Cache: model, Budget: model, Audit: model, Now: wallTime,
			Names: func(ctx context.Context) (prompts.Names, error) { return namesIn(ctx, db) },
			Nonce: func() string { return strings.ToLower(rand.Text())[:10] }})
}

// summarizer is what summarises for the office: at once without a model, and with
// the model meanwhile where one is configured and on. The same goes for what sorts the
// cards of a session, once somebody agreed that those leave; both share what the
// office knows of the endpoint.
func (e endpoint) summarizer(db *sqlstore.DB, model commands.Model) (*commands.Drafting, *commands.Sorting, error) {
	var written prompts.Summarizer
	var sorted prompts.Grouper
	s, err := e.written(db, model)
	if err != nil {
		return nil, nil, err
	}
	if s != nil {
		written = s
		if sorted, err = openai.NewGrouper(s, offline.Grouper{}); err != nil {
			return nil, nil, err
		}
	}
	return commands.NewDrafting(offline.Summarizer{}, written, model.On, wallTime), commands.NewSorting(offline.Grouper{}, sorted, model.Sorts, wallTime), nil
}

// talker is what answers questions with the model; nil: none is configured.
func (e endpoint) talker(db *sqlstore.DB, model commands.Model) (*commands.Talker, error) {
	s, err := e.written(db, model)
	if err != nil || s == nil {
		return nil, err
	}
	c, err := openai.NewConversant(s)
	if err != nil {
		return nil, err
	}
	return &commands.Talker{Conversant: c, On: model.Talks, Streams: &commands.Streams{}}, nil
}
