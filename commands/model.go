package commands

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/prompts"
	"klantbot/storage"
)

// Model is the office's language model: nobody asks it anything until an
// administrator turns it on. It is also what the summarizer with that model needs
// of the house: a cache, a daily cap, and a trail of calls without any text.
type Model struct {
	Host     string // of the endpoint that is configured; empty: none is
	Name     string // of the model that is configured there
	Settings storage.Settings
	Kept     storage.Models
	Store    storage.Writer
	Now      func() time.Time // business time
}

var (
	_ prompts.Cache   = Model{}
	_ prompts.Budget  = Model{}
	_ prompts.Auditor = Model{}
)

// modelKey is the setting.
const modelKey = "model"

// The daily cap, in tokens, and what it may be. A summary takes at most 25,000.
const (
	usualDaily = 250_000
	leastDaily = 25_000
	mostDaily  = 10_000_000
)

// ModelAnswersKept is how long answers of a model are kept, masked as they are.
const ModelAnswersKept = 56 * 24 * time.Hour

// modelChoice is the setting as it is stored. It holds for the endpoint and model
// that were agreed to and for no other.
type modelChoice struct {
	On    bool   `json:"on"`
	Host  string `json:"host"`
	Name  string `json:"name"`
	Daily int    `json:"daily"` // tokens a day, at most
	// Cards says that the form showed that cards of sessions leave too.
	Cards bool `json:"cards,omitempty"`
	// Questions says that it showed that questions leave, with figures and no names.
	Questions bool `json:"questions,omitempty"`
}

// chosen reads the setting; its zero value, with version 0, is an office that never
// chose.
func (m Model) chosen(ctx context.Context) (modelChoice, storage.Setting, error) {
	var choice modelChoice
	if m.Settings == nil {
		return choice, storage.Setting{Key: modelKey}, nil
	}
	s, err := m.Settings.Setting(ctx, modelKey)
	if analysis.KindOf(err) == analysis.NotFound && err != nil {
		return choice, storage.Setting{Key: modelKey}, nil
	}
	if err != nil {
		return choice, s, fmt.Errorf("read whether the model is on: %w", err)
	}
	if len(s.Value) > 0 {
		if err := json.Unmarshal(s.Value, &choice); err != nil {
			return choice, s, fmt.Errorf("read whether the model is on: %w", err)
		}
	}
	return choice, s, nil
}

// holds says whether the model may be asked: it is on, for what is configured now.
func (m Model) holds(c modelChoice) bool {
	return c.On && m.Host != "" && c.Host == m.Host && c.Name == m.Name
}

// On says whether the model may be asked now.
func (m Model) On(ctx context.Context) (bool, error) {
	if m.Host == "" {
		return false, nil
	}
	choice, _, err := m.chosen(ctx)
	return err == nil && m.holds(choice), err
}

// Sorts says whether the model may be asked to sort cards of sessions now: it is on,
// and who turned it on read that these leave the house.
func (m Model) Sorts(ctx context.Context) (bool, error) {
	if m.Host == "" {
		return false, nil
	}
	choice, _, err := m.chosen(ctx)
	return err == nil && m.holds(choice) && choice.Cards, err
}

// Talks says whether the model may be asked questions now: it is on, and who turned it
// on read that these leave the house with the figures that answer them.
func (m Model) Talks(ctx context.Context) (bool, error) {
	if m.Host == "" {
		return false, nil
	}
	choice, _, err := m.chosen(ctx)
	return err == nil && m.holds(choice) && choice.Questions, err
}

// Spend fulfils prompts.Budget. Who turned the model off stops what is under way
// with it.
func (m Model) Spend(ctx context.Context, tokens int) (bool, error) {
	choice, _, err := m.chosen(ctx)
	if err != nil || !m.holds(choice) {
		return false, err
	}
	return m.Kept.Spend(ctx, analysis.DayOf(m.Now().In(officeZone)), tokens, choice.Daily)
}

// Cached fulfils prompts.Cache.
func (m Model) Cached(ctx context.Context, key string) ([]byte, bool, error) {
	return m.Kept.Cached(ctx, key)
}

// Keep fulfils prompts.Cache.
func (m Model) Keep(ctx context.Context, key string, answer []byte) error {
	return m.Kept.Keep(ctx, key, answer, m.Now())
}

// Called fulfils prompts.Auditor.
func (m Model) Called(ctx context.Context, c prompts.Call) error {
	return m.Kept.RecordCall(ctx, storage.ModelCall{At: m.Now(), By: c.By, Purpose: c.Purpose, Model: c.Model,
		Input: c.Input, Output: c.Output, Took: c.Took, Verdict: c.Verdict})
}

// Forget removes answers that were kept long enough.
func (m Model) Forget(ctx context.Context, at time.Time) error {
	_, err := m.Kept.ForgetCached(ctx, at.Add(-ModelAnswersKept))
	return err
}
