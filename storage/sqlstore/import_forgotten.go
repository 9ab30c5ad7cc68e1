package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/storage"
)

// forgottenNumbers tells which client numbers an import may not bring back: those
// of clients who were forgotten, unless somebody named them on purpose.
type forgottenNumbers struct {
	salts   []string // of the marks; nearly always one
	digests map[string]bool
	again   []string            // numbers that may come back
	back    []analysis.ClientID // of those, who did
}

// newForgotten reads the marks.
func newForgotten(ctx context.Context, e executor, again []string) (*forgottenNumbers, error) {
	marks, err := e.forgotten(ctx)
	if err != nil {
		return nil, fmt.Errorf("read who was forgotten: %w", err)
	}
	f := &forgottenNumbers{digests: map[string]bool{}, again: again}
	for _, m := range marks {
		f.digests[m.Digest] = true
		if !slices.Contains(f.salts, m.Salt) {
			f.salts = append(f.salts, m.Salt)
		}
	}
	return f, nil
}

// has reports whether the client with number was forgotten and has to stay so.
func (f *forgottenNumbers) has(number string) bool {
	return number != "" && !slices.Contains(f.again, number) && f.marked(number)
}

func (f *forgottenNumbers) marked(number string) bool {
	return slices.ContainsFunc(f.salts, func(salt string) bool { return f.digests[digestOf(salt, number)] })
}

// zerosAtMost bounds the zeros that a spreadsheet may have eaten.
const zerosAtMost = 8

// meant is the number, of those that has has, that a file of lines means by number:
// zeros in front count there as little as for clients who are there, see resolve.
// Empty: nobody's who was forgotten.
func (f *forgottenNumbers) meant(number string) string {
	if len(f.salts) == 0 || slices.Contains(f.again, number) {
		return ""
	}
	if f.has(number) {
		return number
	}
	bare := bareNumber(number)
	for zeros := range zerosAtMost + 1 {
		if padded := strings.Repeat("0", zeros) + bare; bare != "" && f.has(padded) {
			return padded
		}
	}
	return ""
}

// cameBack notes that client c is there, whose number was forgotten.
func (f *forgottenNumbers) cameBack(c *analysis.Client, id analysis.ClientID) {
	if slices.Contains(f.again, c.Number) && f.marked(c.Number) {
		f.back = append(f.back, id)
	}
}

// auditAgain is what the trail calls an import that brought back a client who was
// forgotten.
const auditAgain = "client.again"

// tellAgain writes down who came back, and on whose word.
func (a *applying) tellAgain(ctx context.Context) error {
	for _, id := range a.forgotten.back {
		line := storage.AuditLine{At: a.s.options.At, User: a.s.options.By, Action: auditAgain, Client: id}
		if err := (tx{a.e}).Audit(ctx, line); err != nil {
			return fmt.Errorf("write down who came back: %w", err)
		}
	}
	return nil
}
