package commands

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/view"
	"klantbot/storage/ingest"
)

// looking is one look at a file that was sent, before anything is taken over.
type looking struct {
	Drop
	req    Request
	choice dropChoice
	waves  []survey.Wave
	file   *ingest.File
	// unknown: none of the kinds fits by its columns; changed: the file is another
	// one than was shown.
	unknown, changed bool
}

// look opens the file of req as choice says. Who called closes it.
func (c Drop) look(ctx context.Context, req Request, choice dropChoice) (l *looking, err error) {
	l = &looking{Drop: c, req: req, choice: choice}
	hash, err := hashOf(req.File)
	if err != nil {
		return nil, err
	}
	l.changed = choice.Hash != "" && choice.Hash != hash
	l.choice.Hash = hash
	if l.waves, err = c.Surveys.Waves(ctx); err != nil {
		return nil, fmt.Errorf("read waves: %w", err)
	}
	if err := l.open(); err != nil {
		return nil, droppedError(err)
	}
	l.choice.Kind = l.file.Detected().Kind
	return l, nil
}

// hashOf is of the contents of a file: 72 bits tell two files of one person apart.
func hashOf(f *File) (string, error) {
	sum := sha256.New()
	if _, err := io.Copy(sum, io.NewSectionReader(f.At, 0, f.Size)); err != nil {
		return "", fmt.Errorf("read the file: %w", err)
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:9]), nil
}

// open opens the file: as it was chosen, or as what it looks like most.
func (l *looking) open() (err error) {
	if l.file, err = l.as(l.choice.Kind, nil); err != nil {
		return err
	}
	if l.choice.Kind == "" && !fits(l.file.Detected()) {
		return l.guess()
	}
	if len(l.choice.Columns) == 0 {
		return nil
	}
	named, err := l.choice.mapping(l.file.Detected().Header)
	if err = errors.Join(err, l.file.Close()); err != nil {
		return err
	}
	l.file, err = l.as(l.choice.Kind, named)
	return err
}

func (l *looking) as(kind analysis.ImportKind, named map[string]string) (*ingest.File, error) {
	return ingest.OpenReaderAt(l.req.File.Name, l.req.File.At, l.req.File.Size,
		ingest.Options{Kind: kind, Map: named, Only: named != nil, Tolerant: true})
}

// fits reports whether a file is of the kind that it was opened as, though
// something else may be the matter with it.
func fits(d ingest.Detected) bool {
	return d.Problem == nil || d.Problem.Key != "import.column_missing"
}

// guess opens the file as the kind under which most columns are known, of those
// that the command line has to be told: here a person looks before it counts.
func (l *looking) guess() error {
	l.unknown = true
	most := 0
	for _, kind := range importKinds {
		if slices.Contains([]analysis.ImportKind{analysis.ImportClients, analysis.ImportRevenue, analysis.ImportXAF}, kind) {
			continue
		}
		file, err := l.as(kind, nil)
		if err != nil {
			return errors.Join(err, l.file.Close())
		}
		if d := file.Detected(); fits(d) && len(d.Found) > max(most, 1) {
			most, l.unknown = len(d.Found), false
			l.file, file = file, l.file
		}
		if err := file.Close(); err != nil {
			return errors.Join(err, l.file.Close())
		}
	}
	return nil
}

// wave is where the answers go: its name and, where there is one, what it is.
func (l *looking) wave() (name string, there []survey.Wave) {
	name = strings.Join(strings.Fields(cmp.Or(l.choice.Wave, waveOf(ImportRequest{Path: l.req.File.Name}))), " ")
	for _, w := range l.waves {
		if w.Name == name {
			there = append(there, w)
		}
	}
	return name, there
}

// disclosure is what the respondents of audience were told, as far as is known.
func (l *looking) disclosure() analysis.Disclosure {
	audience := l.audience()
	_, there := l.wave()
	for _, w := range there {
		if w.Audience == audience {
			return w.Disclosure
		}
	}
	if l.choice.ByName && audience != analysis.AskedEmployees {
		return analysis.ByName
	}
	return analysis.Anonymous
}

func (l *looking) audience() analysis.Audience {
	if l.choice.Audience == "" {
		return analysis.AskedClients
	}
	return l.choice.Audience
}

// request is the import that the look is about.
func (l *looking) request(dry bool) ImportRequest {
	name, _ := l.wave()
	return ImportRequest{Actor: l.req.Actor, At: l.req.At, Path: l.req.File.Name, Key: l.req.Key, DryRun: dry,
		Wave: name, Audience: l.audience(), ByName: l.choice.ByName}
}

// preview says what the file holds and what would become of it.
func (l *looking) preview(ctx context.Context) (view.DropPreview, error) {
	d := l.file.Detected()
	v := view.DropPreview{File: l.req.File.Name, Kind: d.Kind, Tool: d.Tool, Encoding: d.Encoding, Delimiter: d.Delimiter, Sheet: d.Sheet,
		Unknown: l.unknown, Changed: l.changed, Value: l.choice.String(), Table: len(d.Header) > 0}
	v.Columns, v.Ignored = l.columns(d)
	for _, kind := range importKinds {
		if kind != d.Kind || l.unknown {
			v.Kinds = append(v.Kinds, view.DropKind{Kind: kind, Value: dropChoice{File: l.choice.File, Hash: l.choice.Hash, Kind: kind}.String()})
		}
	}
	if d.Kind == analysis.ImportSurvey {
		v.Wave, _ = l.wave()
		v.Audience, v.Disclosure = l.audience(), l.disclosure()
	}
	if l.unknown || d.Problem != nil {
		v.Problem = dropped(d.Problem)
		return v, nil
	}
	report, err := Imports{Store: l.Imports}.take(ctx, l.file, l.request(true))
	if err != nil {
		return v, err
	}
	v.Total, v.Attributed = report.Outcome.Total, report.Outcome.Attributed
	v.Counts = countsOf(report)
	v.Named, v.Matched = report.Outcome.Named, report.Outcome.Matched
	v.Refused, v.Warnings = droppedRows(report.Refusals()), warningsOf(report)
	return v, nil
}

// columns are the columns of the file as they are read. Of who must not be
// recognised nothing is shown that says who they are, nor what they wrote.
func (l *looking) columns(d ingest.Detected) (read []view.DropColumn, ignored []string) {
	used := map[int]bool{}
	for _, found := range d.Found {
		used[found.Column] = true
		c := view.DropColumn{Field: groupOf(found.Field), Header: d.Header[found.Column], Example: found.Example}
		switch {
		case c.Field == dropImportance || c.Field == dropPerformance || c.Field == dropBenefit || c.Field == dropSacrifice:
			c.Subject = ingest.QuestionTheme(c.Header)
		case d.Kind == analysis.ImportSurvey && c.Example != "" && l.disclosure() == analysis.Anonymous && slices.Contains(telling, c.Field):
			c.Example, c.Masked = "", true
		}
		read = append(read, c)
	}
	for i, header := range d.Header {
		if header != "" && !used[i] {
			ignored = append(ignored, header)
		}
	}
	return read, ignored
}

// telling are the fields of a survey that may say who somebody is.
var telling = []string{"respondent", "number", "email", dropComment}

func countsOf(r ImportReport) view.DropCounts {
	return view.DropCounts{Read: r.Summary.Read, Added: r.Outcome.Added, Changed: r.Outcome.Changed, Unchanged: r.Outcome.Unchanged,
		Removed: r.Outcome.Removed, Refused: r.Summary.RefusedCount + r.Outcome.RefusedCount}
}

// warningsOf leaves out the columns that nothing was done with: those are shown
// with the others.
func warningsOf(r ImportReport) []*analysis.Error {
	all := slices.Concat(r.Summary.Warnings, r.Outcome.Warnings)
	return droppedAll(slices.DeleteFunc(all, func(e *analysis.Error) bool { return e.Key == "import.columns_ignored" }))
}
