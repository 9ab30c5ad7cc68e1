package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Drop takes in a file that somebody sent the bot: a preview, a press, and an
// undo. Between the preview and the press the file lies with Slack alone: the
// press fetches it again, and the hash in its button says whether it is what was
// shown. So nothing has to survive a restart, and nothing of it stays behind.
type Drop struct {
	Imports storage.Imports
	Surveys storage.Surveys
}

// dropEntries are the part of the table that files in a DM carry.
func dropEntries(d Drop) []Entry {
	entry := func(id string, on On, run UseCase, file func(Request) string) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.ImportData, Run: run, File: file}
	}
	sent := entry("drop.sent", FileSent, d.Sent, func(req Request) string { return req.Value })
	sent.Scopes = []string{"files:read", "im:history"}
	columns := entry("drop.columns", Action, d.Columns, dropFile)
	columns.Loading = true
	save := entry("drop.save", Submission, d.Save, func(req Request) string { req.Value = req.Private; return dropFile(req) })
	save.Validate = d.Validate
	return []Entry{sent, columns, save,
		entry("drop.kind", Action, d.Preview, dropFile),
		entry("drop.apply", Action, d.Apply, dropFile),
		entry("drop.discard", Action, d.Discard, nil),
		entry("drop.undo", Action, d.Undo, nil)}
}

// dropFile is the file that a button is about.
func dropFile(req Request) string {
	choice, err := parseDropChoice(req.Value)
	if err != nil {
		return ""
	}
	return choice.File
}

// Sent answers a file that somebody sent with what it holds.
func (c Drop) Sent(ctx context.Context, req Request) (Reply, error) {
	return c.show(ctx, req, dropChoice{File: req.File.ID})
}

// Preview says what the file holds when it is read as the button says.
func (c Drop) Preview(ctx context.Context, req Request) (Reply, error) {
	choice, err := parseDropChoice(req.Value)
	if err != nil {
		return Reply{}, err
	}
	return c.show(ctx, req, choice)
}

// show looks at the file of req and says what would become of it. A file that can
// not be read is an Error that says what to do.
func (c Drop) show(ctx context.Context, req Request, choice dropChoice) (reply Reply, err error) {
	if !analysis.Allow(req.Actor, analysis.ImportData, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	l, err := c.look(ctx, req, choice)
	if err != nil {
		return Reply{}, err
	}
	defer func() { err = errors.Join(err, l.file.Close()) }()
	v, err := l.preview(ctx)
	if err != nil {
		return Reply{}, err
	}
	return Say(view.DropPreviewed(locale.New(req.Lang, req.Zone), v)), nil
}

// errRepeated is a press that was answered before: it came twice.
var errRepeated = errors.New("the same press again")

// once has a press count once, in the transaction of its effect.
func once(ctx context.Context, req Request) func(storage.Tx) error {
	return func(tx storage.Tx) error {
		first, err := tx.Once(ctx, req.Key, req.At)
		if err == nil && !first {
			err = errRepeated
		}
		return err
	}
}

// Apply takes the file over as it was shown. Where it is not what was shown any
// more, it shows it anew.
func (c Drop) Apply(ctx context.Context, req Request) (reply Reply, err error) {
	if !analysis.Allow(req.Actor, analysis.ImportData, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	choice, err := parseDropChoice(req.Value)
	if err != nil {
		return Reply{}, err
	}
	l, err := c.look(ctx, req, choice)
	if err != nil {
		return Reply{}, err
	}
	defer func() { err = errors.Join(err, l.file.Close()) }()
	p := locale.New(req.Lang, req.Zone)
	if d := l.file.Detected(); l.changed || l.unknown || d.Problem != nil {
		v, err := l.preview(ctx)
		return Say(view.DropPreviewed(p, v)), err
	}
	report, err := Imports{Store: c.Imports}.take(ctx, l.file, l.request(false), once(ctx, req))
	if errors.Is(err, errRepeated) {
		return c.again(ctx, req, p)
	}
	if err != nil {
		return Reply{}, err
	}
	done := view.DropDone{ID: report.Outcome.ID, Kind: report.Detected.Kind, File: req.File.Name, Counts: countsOf(report),
		Refused: droppedRows(report.Refusals()), Warnings: warningsOf(report), Proposals: report.Outcome.Proposals}
	if done.Kind == analysis.ImportSurvey {
		done.Wave, _ = l.wave()
		done.Report, err = c.reported(ctx, done.Wave)
	}
	return Say(view.DropImported(p, done)), err
}

// reported is where the report of a survey opens, by what its waves are called.
func (c Drop) reported(ctx context.Context, name string) (string, error) {
	waves, err := c.Surveys.Waves(ctx)
	for _, w := range waves {
		if w.Name == name && w.Responses > 0 {
			return view.SurveySpot{Wave: w.ID, Part: view.SurveyHead}.String(), nil
		}
	}
	return "", err
}

// recent is among how many imports one is looked for again.
const recent = 50

// again answers a press that came twice as it was answered the first time, from
// what is remembered of the import.
func (c Drop) again(ctx context.Context, req Request, p *locale.Printer) (Reply, error) {
	records, err := c.Imports.ListImports(ctx, recent)
	if err != nil {
		return Reply{}, fmt.Errorf("look for the import: %w", err)
	}
	for _, r := range records {
		if r.By == req.Actor.User && r.File == req.File.Name && !r.Undone {
			return Say(view.DropImported(p, view.DropDone{ID: r.ID, Kind: r.Kind, File: r.File,
				Counts: view.DropCounts{Read: r.Added + r.Changed, Added: r.Added, Changed: r.Changed, Removed: r.Removed}})), nil
		}
	}
	return Say(view.Say(p.T("drop.done_before", nil))), nil
}

// Discard puts the preview away. Nothing was taken over, so that nothing is
// changed.
func (c Drop) Discard(_ context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ImportData, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	return Say(view.Say(locale.New(req.Lang, req.Zone).T("drop.discarded", nil))), nil
}

// Undo takes an import out again; twice is as once.
func (c Drop) Undo(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ImportData, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	n, err := strconv.ParseInt(req.Value, 10, 64)
	if err != nil {
		return Reply{}, analysis.Fail(analysis.Invalid, "drop.stale", nil)
	}
	id := analysis.ImportID(n)
	_, err = c.Imports.UndoImport(ctx, id, req.Actor.User, req.At, once(ctx, req), trail(ctx, req.Actor, auditUndo, req.At, req.Key))
	if err != nil && !c.undone(ctx, id, err) {
		return Reply{}, err
	}
	return Say(view.Say(locale.New(req.Lang, req.Zone).T("drop.undone", nil))), nil
}

// undone reports whether err only says that it was done already.
func (c Drop) undone(ctx context.Context, id analysis.ImportID, err error) bool {
	if errors.Is(err, errRepeated) {
		return true
	}
	if analysis.KindOf(err) != analysis.NotFound {
		return false
	}
	records, err := c.Imports.ListImports(ctx, recent)
	for _, r := range records {
		if r.ID == id && r.Undone {
			return err == nil
		}
	}
	return false
}
